// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.stub.ServerCalls;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanout;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import io.roster.server.transport.Admission;
import io.roster.server.transport.Door;
import io.roster.server.transport.GuardedService;
import io.roster.server.transport.OutboundMarshaller;
import io.roster.server.transport.ServiceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The Nacos wire as gRPC services, and the filter without which they know no connections. Thread: any. */
public final class NacosServices {

    private final NacosContext context;
    private final Fanouts fanouts;
    private final UnaryCalls calls;

    /**
     * Puts the wire before a registry.
     *
     * @param access who may do what
     * @param admission which streams may begin
     * @param settling whether clients of the life before may still return
     */
    public NacosServices(
            Registry registry,
            ClientManager clients,
            Fanouts fanouts,
            AccessControl access,
            Admission admission,
            Settling settling) {
        AtomicLong serial = new AtomicLong();
        Supplier<String> requestIds = () -> Long.toString(serial.incrementAndGet());
        Map<Fanout, SessionRound> rounds = new HashMap<>();
        fanouts.all().forEach(fanout -> rounds.put(fanout, new SessionRound(fanout.loop())));
        FuzzyPatterns patterns = new FuzzyPatterns();
        registry.watchNames(patterns);
        this.fanouts = fanouts;
        this.context = new NacosContext(
                registry,
                clients,
                Map.copyOf(rounds),
                patterns,
                new NacosDecoder(registry.limits()),
                new ServiceInfoEncoder(requestIds),
                requestIds,
                access,
                admission,
                settling);
        settling.whenSettled(() -> context.rounds().values().forEach(SessionRound::settle));
        access.whenChanged(() -> context.rounds().values().forEach(SessionRound::checkAgain));
        this.calls = new UnaryCalls(new NamingCalls(context), new TokenCheck(access));
    }

    /** The services to be added to a server. */
    public List<GuardedService> definitions() {
        OutboundMarshaller answers = new OutboundMarshaller(Payload.getDefaultInstance());
        MethodDescriptor<Payload, Object> request = RequestGrpc.getRequestMethod().toBuilder(
                        new PayloadMarshaller(), answers)
                .build();
        MethodDescriptor<Payload, Object> stream = BiRequestStreamGrpc.getRequestBiStreamMethod().toBuilder(
                        new PayloadMarshaller(), answers)
                .build();
        ServerServiceDefinition requests = new ServiceBuilder(RequestGrpc.getServiceDescriptor())
                .add(request, (call, headers) -> {
                    Connection connection = Connection.of(call.getAttributes());
                    return ServerCalls.<Payload, Object>asyncUnaryCall((payload, answer) ->
                                    calls.request(connection, call.getAttributes(), payload, answer))
                            .startCall(call, headers);
                })
                .build();
        ServerServiceDefinition streams = new ServiceBuilder(BiRequestStreamGrpc.getServiceDescriptor())
                .add(stream, (call, headers) -> new ConnectionStream(context, fanouts.here(), call).open())
                .build();
        return List.of(
                new GuardedService(requests, Door.UP_TO_THE_WIRE), new GuardedService(streams, Door.UP_TO_THE_WIRE));
    }

    /** What must watch the transports of the server that has these services. */
    public ServerTransportFilter transports() {
        return new Connection.Filter();
    }

    /** Asks every client to go to another server. */
    public void reset() {
        context.rounds().values().forEach(SessionRound::reset);
    }
}

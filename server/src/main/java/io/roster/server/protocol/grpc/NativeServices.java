// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.DeregisterInstanceRequest;
import io.roster.proto.v1.GetServiceRequest;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.transport.Admission;
import io.roster.server.transport.Callers;
import io.roster.server.transport.Door;
import io.roster.server.transport.GuardedService;
import io.roster.server.transport.Intake;
import io.roster.server.transport.OutboundMarshaller;
import io.roster.server.transport.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The native wire as gRPC services. The methods are those of the schema; only how bytes become messages differs, so that
 * lists can be encoded once and unreadable messages can be refused. Thread: any.
 */
public final class NativeServices {

    private final ServerContext context;
    private final RegistryCalls calls;
    private final OperatorCalls operator;
    private final int maxMessageBytes;

    /**
     * Puts the wire before a registry.
     *
     * @param nowMs the server's monotonic clock
     * @param maxGraceMs how long a client may be without a stream, at most
     * @param settling whether clients of the life before may still return
     * @param maxMessageBytes a longer message on a stream is refused
     * @param access who may do what
     * @param admission which streams may begin
     * @param ports what each port takes in
     * @param limits the limits in force, for people
     */
    public NativeServices(
            ServerIdentity identity,
            Registry registry,
            ClientManager clients,
            Fanouts fanouts,
            LongSupplier nowMs,
            long maxGraceMs,
            Settling settling,
            int maxMessageBytes,
            AccessControl access,
            Admission admission,
            List<Intake> ports,
            Map<String, String> limits,
            LogLevels logLevels) {
        this.context = new ServerContext(
                identity,
                registry,
                clients,
                fanouts,
                new OpenStreams(admission),
                List.copyOf(ports),
                new NativeDecoder(registry.limits()),
                access,
                nowMs,
                maxGraceMs,
                settling);
        access.whenChanged(context.streams()::checkAgain);
        this.calls = new RegistryCalls(context);
        this.operator = new OperatorCalls(context, limits, logLevels);
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The services to be added to a server. */
    public List<GuardedService> definitions() {
        CallerContext callers = new CallerContext(context.access());
        return List.of(
                new GuardedService(registryService(), Door.READERS),
                new GuardedService(ServerInterceptors.intercept(operator, callers), Door.OPERATORS),
                new GuardedService(ServerInterceptors.intercept(new AuthCalls(context.access()), callers), Door.OPEN));
    }

    /** Asks every stream to end. */
    public void goAway(GoAway reason) {
        context.streams().goAway(reason);
    }

    private ServerServiceDefinition registryService() {
        OutboundMarshaller pushes = new OutboundMarshaller(ServerMessage.getDefaultInstance());
        ServiceBuilder service = new ServiceBuilder(RegistryGrpc.getServiceDescriptor());
        service.add(
                RegistryGrpc.getConnectMethod().toBuilder(new InboundMarshaller(maxMessageBytes), pushes)
                        .build(),
                (call, headers) -> new ConnectStream(context, call).open());
        service.add(
                RegistryGrpc.getWatchMethod().toBuilder(
                                RegistryGrpc.getWatchMethod().getRequestMarshaller(), pushes)
                        .build(),
                (call, headers) -> new WatchStream(context, call).open());
        this.<RegisterInstanceRequest>unary(service, RegistryGrpc.getRegisterInstanceMethod(), calls::registerInstance);
        this.<DeregisterInstanceRequest>unary(
                service, RegistryGrpc.getDeregisterInstanceMethod(), calls::deregisterInstance);
        this.<HeartbeatRequest>unary(service, RegistryGrpc.getHeartbeatMethod(), calls::heartbeat);
        this.<GetServiceRequest>unary(service, RegistryGrpc.getGetServiceMethod(), calls::getService);
        this.<ListServicesRequest>unary(service, RegistryGrpc.getListServicesMethod(), calls::listServices);
        this.<ListInstancesRequest>unary(service, RegistryGrpc.getListInstancesMethod(), calls::listInstances);
        return service.build();
    }

    /** A unary call of this wire. */
    @FunctionalInterface
    private interface UnaryCall<Q> {
        void answer(Q request, StreamObserver<Object> call, Caller caller);
    }

    private <Q> void unary(
            ServiceBuilder service, MethodDescriptor<Q, ? extends Message> generated, UnaryCall<Q> body) {
        MethodDescriptor<Q, Object> method = generated.toBuilder(
                        generated.getRequestMarshaller(), new OutboundMarshaller(prototype(generated)))
                .build();
        service.add(method, (call, headers) -> {
            Caller caller = Callers.of(context.access(), call.getAttributes());
            return ServerCalls.<Q, Object>asyncUnaryCall(
                            (request, answer) -> Unary.guard(answer, () -> body.answer(request, answer, caller)))
                    .startCall(call, headers);
        });
    }

    private static Message prototype(MethodDescriptor<?, ? extends Message> generated) {
        MethodDescriptor.Marshaller<? extends Message> marshaller = generated.getResponseMarshaller();
        return Objects.requireNonNull(
                ((MethodDescriptor.PrototypeMarshaller<? extends Message>) marshaller).getMessagePrototype());
    }
}

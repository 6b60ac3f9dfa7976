// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.DeregisterInstanceRequest;
import io.roster.proto.v1.DeregisterInstanceResponse;
import io.roster.proto.v1.GetServiceRequest;
import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.HeartbeatResponse;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegisterInstanceResponse;
import io.roster.proto.v1.ServiceRef;
import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Lease;
import io.roster.server.core.Offer;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import java.util.List;
import java.util.Map;

/** What people and scripts ask, one call at a time; what they publish lives by heartbeats. Thread: any. */
final class RegistryCalls {

    private final ServerContext context;
    private final NativeDecoder decoder;

    RegistryCalls(ServerContext context) {
        this.context = context;
        this.decoder = context.decoder();
    }

    void registerInstance(RegisterInstanceRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceName service = service(request.getService());
        context.access().check(caller, Role.WRITE, service, "RegisterInstance");
        if (!request.hasInstance()) {
            throw RegistryException.invalid("instance", "none", "an instance");
        }
        Instance instance = Unary.within("instance", () -> decoder.instance(request.getInstance()));
        long nowMs = context.nowMs().getAsLong();
        ClientInfo info = new ClientInfo("unary", caller.from(), "", "", Map.of(), System.currentTimeMillis());
        Client client = Addresses.client(context.clients(), instance.key(), info, nowMs);
        long intervalMs = context.registry().limits().beatsOf(instance).intervalMs();
        context.registry()
                .register(
                        service,
                        List.of(new Offer(client, instance, new Lease(nowMs))),
                        Unary.answering(
                                answer,
                                revision -> RegisterInstanceResponse.newBuilder()
                                        .setClientId(client.id())
                                        .setRevision(revision)
                                        .setHeartbeatIntervalMs(intervalMs)
                                        .build()));
    }

    void deregisterInstance(DeregisterInstanceRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceName service = service(request.getService());
        context.access().check(caller, Role.WRITE, service, "DeregisterInstance");
        InstanceKey key = key(request.getInstance());
        context.registry()
                .deregister(
                        service,
                        List.of(Addresses.claim(key)),
                        Unary.answering(
                                answer,
                                revision -> DeregisterInstanceResponse.newBuilder()
                                        .setRevision(revision)
                                        .build()));
    }

    void heartbeat(HeartbeatRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceName service = service(request.getService());
        context.access().check(caller, Role.WRITE, service, "Heartbeat");
        InstanceKey key = key(request.getInstance());
        context.registry()
                .beat(
                        service,
                        Addresses.claim(key),
                        Unary.answering(
                                answer,
                                revision -> HeartbeatResponse.newBuilder()
                                        .setHeartbeatIntervalMs(intervalOf(service, key))
                                        .build()));
    }

    private long intervalOf(ServiceName service, InstanceKey key) {
        Instance instance = context.registry().snapshot(service).find(key);
        return instance == null
                ? context.registry().limits().beats().intervalMs()
                : context.registry().limits().beatsOf(instance).intervalMs();
    }

    void getService(GetServiceRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceName service = service(request.getService());
        context.access().check(caller, Role.READ, service, "GetService");
        if (!context.registry().exists(service)) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND, "service " + service + " is not published by anybody");
        }
        Unary.answer(answer, Summaries.of(context.registry().snapshot(service)));
    }

    void listServices(ListServicesRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceQuery.Page page = ServiceQuery.of(request, decoder)
                .page(
                        context.registry(),
                        Pages.size(request.getPageSize()),
                        context.access().readable(caller));
        ListServicesResponse.Builder response =
                ListServicesResponse.newBuilder().setNextPageToken(page.nextToken());
        page.names()
                .forEach(name ->
                        response.addServices(Summaries.of(context.registry().snapshot(name))));
        Unary.answer(answer, response.build());
    }

    void listInstances(ListInstancesRequest request, StreamObserver<Object> answer, Caller caller) {
        ServiceName service = service(request.getService());
        context.access().check(caller, Role.READ, service, "ListInstances");
        View view = decoder.view(request.getView());
        Unary.answer(answer, NativeEncoder.bare(context.registry().snapshot(service), view));
    }

    private ServiceName service(ServiceRef ref) {
        return decoder.service(ref, ServiceName.DEFAULT_NAMESPACE);
    }

    private InstanceKey key(io.roster.proto.v1.InstanceKey key) {
        return Unary.within("instance", () -> decoder.key(key));
    }
}

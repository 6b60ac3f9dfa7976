// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.roster.proto.nacos.Payload;
import io.roster.server.client.ClientManager;
import io.roster.server.client.Pauses;
import io.roster.server.client.Settling;
import io.roster.server.core.Limits;
import io.roster.server.core.Registry;
import io.roster.server.loop.ManualLoops;
import io.roster.server.push.Fanout;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import io.roster.server.security.ApiToken;
import io.roster.server.transport.Admission;
import io.roster.server.transport.ConnectRate;
import io.roster.server.transport.GuardedService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The whole wire before a real registry, without sockets and with a clock turned by hand. */
final class NacosStage {

    final ManualLoops loops = new ManualLoops(2);
    final Registry registry;
    final ClientManager clients;
    final NacosServices services;
    final Settling settling;
    private int ports = 40_000;

    NacosStage() {
        this(Limits.DEFAULT, 0, AccessControl.off());
    }

    /** A server that has just started, and waits so long for clients of its life before. */
    NacosStage(long settlingMs) {
        this(Limits.DEFAULT, settlingMs, AccessControl.off());
    }

    NacosStage(Limits limits) {
        this(limits, 0, AccessControl.off());
    }

    /** A server that asks who its callers are. */
    NacosStage(AccessControl access) {
        this(Limits.DEFAULT, 0, access);
    }

    private NacosStage(Limits limits, long settlingMs, AccessControl access) {
        registry = new Registry(loops.all(), limits, 7);
        clients = new ClientManager(1_000, registry::release, new Pauses(loops.all(), 10_000));
        settling = Settling.begin(loops.get(0), settlingMs, clients::arrivals);
        Fanouts fanouts = new Fanouts(List.of(new Fanout(registry, loops.get(0)), new Fanout(registry, loops.get(1))));
        fanouts.all()
                .forEach(fanout ->
                        fanout.loop().every(5_000, () -> fanout.stalled().pass(5_000, 300_000)));
        services = new NacosServices(
                registry,
                clients,
                fanouts,
                access,
                new Admission(100, 1_000, new ConnectRate(1_000_000, System::nanoTime)),
                settling);
    }

    /** A connection that nobody has set up. */
    Client connect() {
        Attributes remote = Attributes.newBuilder()
                .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress(InetAddress.getLoopbackAddress(), ports++))
                .build();
        Client client = new Client(services.transports().transportReady(remote));
        loops.settle();
        return client;
    }

    /** A connection that a client has set up; it has heard so. */
    Client client() {
        Client client = connect();
        client.say("ConnectionSetupRequest", "{\"clientVersion\":\"test\",\"abilityTable\":{}}");
        client.heard();
        return client;
    }

    private ServerMethodDefinition<?, ?> method(String service, String name) {
        ServerServiceDefinition definition = services.definitions().stream()
                .map(GuardedService::definition)
                .filter(each -> each.getServiceDescriptor().getName().equals(service))
                .findFirst()
                .orElseThrow();
        return definition.getMethod(service + '/' + name);
    }

    /** One connection, seen from its client. */
    final class Client {

        final Attributes transport;
        final FakeCall stream;

        private Client(Attributes transport) {
            this.transport = transport;
            this.stream = new FakeCall(method("BiRequestStream", "requestBiStream"), transport);
        }

        /** Says something on the stream. */
        void say(String type, String json) {
            stream.say(type, json);
            loops.settle();
        }

        /** Reads what it is sent, or stops reading. */
        void reads(boolean now) {
            stream.reads(now);
            loops.settle();
        }

        /** What it was sent on its stream since this was last asked, each as {@code type json}. */
        List<String> heard() {
            return stream.heard();
        }

        /** Asks something and says what the answer is, as {@code type json}. */
        String ask(String type, String json) {
            return ask(FakeCall.payload(type, json));
        }

        String ask(Payload request) {
            FakeCall call = new FakeCall(method("Request", "request"), transport);
            call.ask(request);
            loops.settle();
            return String.join("\n", call.heard());
        }

        /** The same, showing who asks. */
        String ask(ApiToken token, String type, String json) {
            return ask(FakeCall.payload(token, type, json));
        }

        String register(String service, String ip) {
            return ask(
                    "InstanceRequest",
                    "{'serviceName':'%s','type':'registerInstance','instance':{'ip':'%s','port':80}}"
                            .formatted(service, ip)
                            .replace('\'', '"'));
        }

        String subscribe(String service, String clusters) {
            return ask(
                    "SubscribeServiceRequest",
                    "{'serviceName':'%s','subscribe':true,'clusters':'%s'}"
                            .formatted(service, clusters)
                            .replace('\'', '"'));
        }

        void disconnect() {
            services.transports().transportTerminated(transport);
            loops.settle();
        }
    }
}

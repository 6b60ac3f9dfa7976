// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.roster.it.NacosPayload;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import io.roster.server.RosterServer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The gRPC wire of Nacos, spoken by hand: the handshake, one slot per service, pushes that are acknowledged. */
final class NacosPeer implements Peer, StreamObserver<Payload> {

    private static final JsonMapper JSON = new JsonMapper();

    private final ManagedChannel channel;
    private final RequestGrpc.RequestBlockingStub requests;
    private final StreamObserver<Payload> stream;
    private final CountDownLatch setUp = new CountDownLatch(1);
    private final ConcurrentMap<String, JsonNode> pushed = new ConcurrentHashMap<>();

    NacosPeer(RosterServer server) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
        requests = RequestGrpc.newBlockingStub(channel);
        ask("ServerCheckRequest", JSON.createObjectNode());
        stream = BiRequestStreamGrpc.newStub(channel).requestBiStream(this);
        say(NacosPayload.setup());
        try {
            if (!setUp.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no SetupAckRequest");
            }
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    @Override
    public void register(String service, String ip, int port, Map<String, String> metadata) {
        ObjectNode request = request(service).put("type", "registerInstance");
        request.putObject("instance")
                .put("ip", ip)
                .put("port", port)
                .put("weight", 1.0)
                .put("healthy", true)
                .put("enabled", true)
                .put("ephemeral", true)
                .set("metadata", JSON.valueToTree(metadata));
        ask("InstanceRequest", request);
    }

    @Override
    public void deregister(String service, String ip, int port) {
        ObjectNode request = request(service).put("type", "deregisterInstance");
        request.putObject("instance").put("ip", ip).put("port", port);
        ask("InstanceRequest", request);
    }

    @Override
    public Set<String> list(String service) {
        return told(hosts(service));
    }

    @Override
    public Map<String, String> metadata(String service, String ip, int port) {
        for (JsonNode host : hosts(service)) {
            if (host.get("ip").asText().equals(ip) && host.get("port").asInt() == port) {
                return JSON.convertValue(host.get("metadata"), new TypeReference<>() {});
            }
        }
        throw new IllegalStateException(ip + ":" + port + " is not listed");
    }

    @Override
    public Watching watch(String service) {
        JsonNode answer = ask(
                "SubscribeServiceRequest",
                request(service).put("subscribe", true).put("clusters", ""));
        pushed.putIfAbsent(service, answer.get("serviceInfo").get("hosts"));
        return () -> told(pushed.getOrDefault(service, JSON.createArrayNode()));
    }

    private JsonNode hosts(String service) {
        ObjectNode query =
                request(service).put("cluster", "").put("healthyOnly", false).put("udpPort", 0);
        return ask("ServiceQueryRequest", query).get("serviceInfo").get("hosts");
    }

    private static Set<String> told(JsonNode hosts) {
        Set<String> told = new HashSet<>();
        for (JsonNode host : hosts) {
            told.add(Peer.told(
                    host.get("ip").asText(),
                    host.get("port").asInt(),
                    host.get("healthy").asBoolean()));
        }
        return told;
    }

    private static ObjectNode request(String service) {
        return JSON.createObjectNode()
                .put("namespace", "public")
                .put("serviceName", service)
                .put("groupName", "DEFAULT_GROUP");
    }

    private JsonNode ask(String type, JsonNode body) {
        JsonNode answer = NacosPayload.body(requests.request(NacosPayload.of(type, body)));
        if (answer.get("resultCode").asInt() != 200) {
            throw new Refused(answer.path("message").asText());
        }
        return answer;
    }

    private void say(Payload message) {
        synchronized (stream) {
            stream.onNext(message);
        }
    }

    @Override
    public void onNext(Payload message) {
        JsonNode body = NacosPayload.body(message);
        switch (message.getMetadata().getType()) {
            case "SetupAckRequest" -> setUp.countDown();
            case "NotifySubscriberRequest" -> {
                pushed.put(
                        body.get("serviceInfo").get("name").asText(),
                        body.get("serviceInfo").get("hosts"));
                say(NacosPayload.acknowledgement("NotifySubscriberResponse", body));
            }
            case "ClientDetectionRequest" -> say(NacosPayload.acknowledgement("ClientDetectionResponse", body));
            default -> throw new IllegalStateException("an unexpected push: " + message);
        }
    }

    @Override
    public void onError(Throwable failure) {
        setUp.countDown();
    }

    @Override
    public void onCompleted() {
        setUp.countDown();
    }

    @Override
    public void die() {
        channel.shutdownNow();
    }
}

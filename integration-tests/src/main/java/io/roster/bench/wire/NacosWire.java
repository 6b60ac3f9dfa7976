// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC wire of Nacos 2.x: unary calls, and a stream for what the server says unasked. Lists are always full and carry no
 * revision. A client holds one instance a service, or one batch.
 */
public final class NacosWire implements Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE =
            "\"headers\":{},\"namespace\":\"public\",\"groupName\":\"DEFAULT_GROUP\",\"module\":\"naming\",\"serviceName\":\"";

    private final Security security;

    public NacosWire(Security security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "nacos";
    }

    @Override
    public int portOffset() {
        return GRPC_OFFSET;
    }

    @Override
    public int depth() {
        return MAX_SLOTS;
    }

    @Override
    public boolean hasSlots() {
        return false;
    }

    @Override
    public boolean hasPushes() {
        return true;
    }

    @Override
    public boolean hasDiffs() {
        return false;
    }

    /** By its connection the server knows a client: nobody shares one. */
    @Override
    public Link connect(Dialer dialer, LinkListener listener) {
        return new NacosLink(new Connection(dialer, dialer.nextLoop(), security), listener);
    }

    @Override
    public int kindOf(byte[] request) {
        return NacosFrame.kindOf(request);
    }

    /** What a client publishes on this wire always lives as long as its connection. */
    @Override
    public byte[] hello(Lifetime lifetime) {
        return request(
                "ConnectionSetupRequest",
                "{\"headers\":{},\"clientVersion\":\"Nacos-Java-Client:v2.5.1\",\"labels\":{\"source\":\"sdk\","
                        + "\"module\":\"naming\",\"AppName\":\"roster-bench\"},\"abilityTable\":{},\"module\":\"internal\"}");
    }

    @Override
    public byte[] register(String service, Address instance, String version) {
        return request(
                "InstanceRequest",
                '{' + SERVICE + service + "\",\"type\":\"registerInstance\",\"instance\":" + json(instance, version)
                        + '}');
    }

    @Override
    public List<byte[]> registerAll(String service, List<Address> instances, String version) {
        List<String> each =
                instances.stream().map(instance -> json(instance, version)).toList();
        return List.of(request(
                "BatchInstanceRequest",
                '{' + SERVICE + service + "\",\"type\":\"batchRegisterInstance\",\"instances\":["
                        + String.join(",", each) + "]}"));
    }

    @Override
    public byte[] deregister(String service, Address instance) {
        return request(
                "InstanceRequest",
                '{' + SERVICE + service + "\",\"type\":\"deregisterInstance\",\"instance\":" + json(instance, "")
                        + '}');
    }

    private static String json(Address instance, String version) {
        return "{\"ip\":\"" + instance.ip() + "\",\"port\":" + instance.port()
                + ",\"weight\":1.0,\"healthy\":true,\"enabled\":true,\"ephemeral\":true,\"clusterName\":\"DEFAULT\","
                + "\"metadata\":{\"version\":\"" + version + "\"}}";
    }

    @Override
    public byte[] heartbeat(String service, Address instance) {
        return request("HealthCheckRequest", "{\"headers\":{},\"module\":\"internal\"}");
    }

    @Override
    public byte[] subscribe(String service) {
        return request("SubscribeServiceRequest", '{' + SERVICE + service + "\",\"subscribe\":true,\"clusters\":\"\"}");
    }

    @Override
    public byte[] resume(String service, long epoch, long revision) {
        return subscribe(service);
    }

    @Override
    public byte[] query(String service) {
        return request(
                "ServiceQueryRequest",
                '{' + SERVICE + service + "\",\"cluster\":\"\",\"healthyOnly\":false,\"udpPort\":0}");
    }

    @Override
    public boolean isDone(byte[] reply) {
        return NacosFrame.isDone(reply);
    }

    @Override
    public String describe(byte[] reply) {
        return new String(reply, StandardCharsets.UTF_8);
    }

    @Override
    public long revision(byte[] reply) {
        return 0;
    }

    @Override
    public @Nullable Telling read(byte[] message) {
        try {
            byte[] body = Payload.parseFrom(message).getBody().getValue().toByteArray();
            JsonNode service = JSON.readTree(body).path("serviceInfo");
            return service.isObject() ? telling(service) : null;
        } catch (InvalidProtocolBufferException failure) {
            throw new IllegalArgumentException("message of " + message.length + " bytes: no payload", failure);
        } catch (IOException failure) {
            throw new IllegalArgumentException("message of " + message.length + " bytes: no JSON in it", failure);
        }
    }

    /** What both wires of Nacos show of a service. */
    static Telling telling(JsonNode service) {
        List<Listed> hosts = new ArrayList<>();
        for (JsonNode host : service.path("hosts")) {
            Map<String, String> metadata = new HashMap<>();
            host.path("metadata")
                    .properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().asText()));
            hosts.add(new Listed(
                    new Address(host.path("ip").asText(), host.path("port").asInt()),
                    host.path("clusterName").asText(),
                    host.path("weight").asDouble(),
                    host.path("healthy").asBoolean(),
                    metadata));
        }
        String name = service.path("name").asText();
        return new Telling(name.substring(name.lastIndexOf('@') + 1), 0, Telling.WHOLE, 0, hosts, List.of(), 0);
    }

    private byte[] request(String type, String body) {
        return payload(type, body, security.token());
    }

    /** A message of the wire that needs no credentials. */
    public static byte[] payload(String type, String body) {
        return payload(type, body, "");
    }

    /** In a message that carries credentials they stand after the type, which is looked for at the beginning. */
    private static byte[] payload(String type, String body, String token) {
        Metadata.Builder metadata = Metadata.newBuilder().setType(type).setClientIp("127.0.0.1");
        if (!token.isEmpty()) {
            metadata.putHeaders("accessToken", token);
        }
        return Payload.newBuilder()
                .setMetadata(metadata)
                .setBody(Any.newBuilder().setValue(ByteString.copyFromUtf8(body)))
                .build()
                .toByteArray();
    }
}

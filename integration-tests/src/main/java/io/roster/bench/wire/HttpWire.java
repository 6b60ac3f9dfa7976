// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of Nacos 1.x, over connections that are kept alive. Instances live by heartbeats, one each, and are
 * registered to endure long silence, so that those a workload does not beat for stay. A subscription is a poll. An answer is
 * passed on as three digits of status and the body.
 */
public final class HttpWire implements Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTANCE = "/nacos/v1/ns/instance";
    private static final String OK = "200";
    private static final String UNKNOWN = "\"code\":20404";
    private static final String ENDURING =
            "\"preserved.heart.beat.timeout\":\"600000\",\"preserved.ip.delete.timeout\":\"600000\"";

    private final Security security;

    public HttpWire(Security security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public int portOffset() {
        return 0;
    }

    /** Clients wait for an answer before they ask again; so do these. */
    @Override
    public int depth() {
        return 1;
    }

    @Override
    public boolean hasSlots() {
        return false;
    }

    @Override
    public boolean hasPushes() {
        return false;
    }

    @Override
    public boolean hasDiffs() {
        return false;
    }

    @Override
    public Link connect(Dialer dialer, LinkListener listener) {
        return new HttpLink(dialer, security, listener).connect();
    }

    @Override
    public int kindOf(byte[] request) {
        throw new UnsupportedOperationException("nobody pretends to speak HTTP");
    }

    @Override
    public byte[] hello(Lifetime lifetime) {
        return request("GET", "/nacos/v1/ns/operator/metrics");
    }

    @Override
    public byte[] register(String service, Address instance, String version) {
        String metadata = "{\"version\":\"" + version + "\"," + ENDURING + '}';
        return request(
                "POST",
                INSTANCE + parameters(service, instance) + "&ephemeral=true&weight=1.0&metadata=" + encode(metadata));
    }

    @Override
    public List<byte[]> registerAll(String service, List<Address> instances, String version) {
        return instances.stream()
                .map(instance -> register(service, instance, version))
                .toList();
    }

    @Override
    public byte[] deregister(String service, Address instance) {
        return request("DELETE", INSTANCE + parameters(service, instance) + "&ephemeral=true");
    }

    /** The light kind, which clients send once a server has allowed it. */
    @Override
    public byte[] heartbeat(String service, Address instance) {
        return request("PUT", INSTANCE + "/beat" + parameters(service, instance));
    }

    @Override
    public byte[] subscribe(String service) {
        return query(service);
    }

    @Override
    public byte[] resume(String service, long epoch, long revision) {
        return query(service);
    }

    @Override
    public byte[] query(String service) {
        return request("GET", INSTANCE + "/list?namespaceId=public&serviceName=" + name(service));
    }

    private static String parameters(String service, Address instance) {
        return "?namespaceId=public&serviceName=" + name(service) + "&clusterName=DEFAULT&ip=" + instance.ip()
                + "&port=" + instance.port();
    }

    private static String name(String service) {
        return encode("DEFAULT_GROUP@@" + service);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private byte[] request(String method, String target) {
        return (method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Nacos-Java-Client:v1.4.8\r\n"
                        + (security.token().isEmpty() ? "" : "Authorization: Bearer " + security.token() + "\r\n")
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isDone(byte[] reply) {
        String text = describe(reply);
        return text.startsWith(OK) && !text.contains(UNKNOWN);
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
            return NacosWire.telling(JSON.readTree(message, OK.length(), message.length - OK.length()));
        } catch (IOException failure) {
            throw new IllegalArgumentException("message of " + message.length + " bytes: no JSON in it", failure);
        }
    }
}

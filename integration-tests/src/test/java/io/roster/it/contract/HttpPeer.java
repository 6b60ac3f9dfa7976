// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roster.server.RosterServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** HTTP v1 of Nacos: registers, beats and polls, as its 1.x clients do. */
final class HttpPeer implements Peer {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Beats beats = new Beats();

    HttpPeer(RosterServer server) {
        base = "http://127.0.0.1:" + server.port() + "/nacos/v1/ns/instance";
    }

    @Override
    public void register(String service, String ip, int port, Map<String, String> metadata) {
        String instance = parameters(service, ip, port);
        send("POST", "?" + instance + "&metadata=" + encode(json(metadata)));
        beats.add(instance, () -> send("PUT", "/beat?" + instance));
    }

    @Override
    public void deregister(String service, String ip, int port) {
        String instance = parameters(service, ip, port);
        beats.remove(instance);
        send("DELETE", "?" + instance);
    }

    @Override
    public Set<String> list(String service) {
        Set<String> told = new HashSet<>();
        for (JsonNode host : hosts(service)) {
            told.add(Peer.told(
                    host.get("ip").asText(),
                    host.get("port").asInt(),
                    host.get("healthy").asBoolean()));
        }
        return told;
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
        return () -> list(service);
    }

    private JsonNode hosts(String service) {
        try {
            return JSON.readTree(send("GET", "/list?serviceName=" + encode(service)))
                    .get("hosts");
        } catch (JsonProcessingException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private String send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Refused(response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    private static String parameters(String service, String ip, int port) {
        return "serviceName=" + encode(service) + "&ip=" + encode(ip) + "&port=" + port;
    }

    private static String json(Map<String, String> metadata) {
        try {
            return JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void die() {
        beats.stop();
    }
}

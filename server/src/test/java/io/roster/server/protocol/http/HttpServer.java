// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roster.server.RosterServer;
import io.roster.server.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A real server on free ports, and a client that talks to its main port. */
final class HttpServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTEXT = "/nacos";

    private final RosterServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private HttpServer(RosterServer server) {
        this.server = server;
    }

    static HttpServer start() {
        return start(Map.of());
    }

    static HttpServer start(Map<Setting, Object> settings) {
        RosterServer.Builder builder = RosterServer.builder().port(0);
        settings.forEach(builder::set);
        try {
            return new HttpServer(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the server said. */
    record Answer(int status, String body, HttpResponse<String> whole) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException noJson) {
                throw new AssertionError("no JSON: " + body, noJson);
            }
        }

        /** In the wrapping of versions 2 and 3. */
        JsonNode data() {
            return json().get("data");
        }

        int code() {
            return json().get("code").asInt();
        }
    }

    int port() {
        return server.port();
    }

    RosterServer server() {
        return server;
    }

    Answer get(String path) {
        return call("GET", path, "");
    }

    Answer post(String path) {
        return call("POST", path, "");
    }

    Answer put(String path) {
        return call("PUT", path, "");
    }

    Answer patch(String path) {
        return call("PATCH", path, "");
    }

    Answer delete(String path) {
        return call("DELETE", path, "");
    }

    /** A path below the context path, its parameters in the query or in a form. */
    Answer call(String method, String path, String form) {
        return bare(method, CONTEXT + path, form);
    }

    /** A path from the root. */
    Answer bare(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /** The list of a service as version 1 gives it. */
    JsonNode hosts(String service) {
        return get("/v1/ns/instance/list?serviceName=" + service).json().get("hosts");
    }

    @Override
    public void close() {
        server.close();
    }
}

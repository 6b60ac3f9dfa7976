// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real limits in real time, on both wires at once: the one test that waits for them. */
@Execution(ExecutionMode.CONCURRENT)
class SilenceIT {

    private static final String CURL_LINE = "/nacos/v1/ns/instance?port=8848&healthy=true&ip=11.11.11.11&weight=1.0"
            + "&serviceName=nacos.test.3&encoding=GBK&namespaceId=n1";
    private static final String LIST = "/nacos/v1/ns/instance/list?serviceName=nacos.test.3&namespaceId=n1";

    @Test
    void aSilentInstanceTurnsUnhealthyAtAbout15SecondsAndVanishesAtAbout30() throws Exception {
        try (RosterProcess server = RosterProcess.start()) {
            Buf person = new Buf(server.grpcPort());
            try (Buf.Stream watch = person.stream("roster.v1.Registry/Watch", "{\"service\":{\"name\":\"silent\"}}")) {
                watch.next(10_000);
                assertThat(http(server, "POST", CURL_LINE)).isEqualTo("ok");
                person.call(
                        "roster.v1.Registry/RegisterInstance",
                        "{\"service\":{\"name\":\"silent\"},\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}}");
                watch.next(2_000);
                assertThat(http(server, "GET", LIST)).contains("\"healthy\":true");
                long registeredAt = System.nanoTime();
                JsonNode unhealthy = watch.next(25_000).at("/diff/upserted/0");
                assertThat(unhealthy.path("healthy").asBoolean()).isFalse();
                assertThat(secondsSince(registeredAt)).isBetween(14.5, 21.5);
                awaitHttp(server, "\"healthy\":false");
                JsonNode removed = watch.next(25_000).at("/diff/removed/0");
                assertThat(removed.path("port").asInt()).isEqualTo(1);
                assertThat(secondsSince(registeredAt)).isBetween(29.5, 36.5);
                awaitHttp(server, "\"hosts\":[]");
            }
        }
    }

    /** Registered a moment earlier, the other instance is judged in the same round or one before or after. */
    private static void awaitHttp(RosterProcess server, String expected) {
        await().atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(http(server, "GET", LIST)).contains(expected));
    }

    private static String http(RosterProcess server, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}

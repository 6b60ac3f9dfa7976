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

    /** Seconds between two rounds of checks. */
    private static final double ROUND = 5;

    /** Seconds that a busy machine may need to bring the news. */
    private static final double FOR_THE_NEWS = 3;

    /** The server counts milliseconds: what it calls 15 s may be one step less. */
    private static final double CLOCK_STEP = 0.002;

    @Test
    void aSilentInstanceTurnsUnhealthyAtAbout15SecondsAndVanishesAtAbout30() throws Exception {
        try (RosterProcess server = RosterProcess.start()) {
            Buf person = new Buf(server.grpcPort());
            try (Buf.Stream watch = person.stream("roster.v1.Registry/Watch", "{\"service\":{\"name\":\"silent\"}}")) {
                watch.next(10_000);
                assertThat(http(server, "POST", CURL_LINE)).isEqualTo("ok");
                long askedAt = System.nanoTime();
                person.call(
                        "roster.v1.Registry/RegisterInstance",
                        "{\"service\":{\"name\":\"silent\"},\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}}");
                watch.next(10_000);
                long toldAt = System.nanoTime();
                assertThat(http(server, "GET", LIST)).contains("\"healthy\":true");
                JsonNode unhealthy = watch.next(25_000).at("/diff/upserted/0");
                assertThat(unhealthy.path("healthy").asBoolean()).isFalse();
                assertSecondsAfterRegistration(askedAt, toldAt, 15);
                awaitHttp(server, "\"healthy\":false");
                JsonNode removed = watch.next(25_000).at("/diff/removed/0");
                assertThat(removed.path("port").asInt()).isEqualTo(1);
                assertSecondsAfterRegistration(askedAt, toldAt, 30);
                awaitHttp(server, "\"hosts\":[]");
            }
        }
    }

    /**
     * The server counts from a moment between the question and the news of it: never less than the limit has passed since the
     * former, and since the latter no more than the limit, a round of checks and a moment for the news to come.
     */
    private static void assertSecondsAfterRegistration(long askedAt, long toldAt, double limit) {
        long now = System.nanoTime();
        assertThat((now - askedAt) / 1e9).isGreaterThanOrEqualTo(limit - CLOCK_STEP);
        assertThat((now - toldAt) / 1e9).isLessThanOrEqualTo(limit + ROUND + FOR_THE_NEWS);
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
}

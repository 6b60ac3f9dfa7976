// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roster.server.Setting;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server whose instances may be silent for hundreds of milliseconds, not for tens of seconds. */
class BeatApiTest {

    private static final int HEARD = 10_200;
    private static final int UNKNOWN = 20_404;

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(Map.of(
                Setting.SWEEP_PERIOD, 20,
                Setting.HEARTBEAT_INTERVAL, 500,
                Setting.HEARTBEAT_TIMEOUT, 600,
                Setting.DELETE_TIMEOUT, 1_200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String beat(String service, String json) {
        return "/v1/ns/instance/beat?serviceName=" + service + "&beat="
                + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    @Test
    void aSilentInstanceTurnsUnhealthyAndThenGoes() {
        server.post("/v1/ns/instance?serviceName=silent&ip=1.1.1.1&port=1");

        assertThat(server.hosts("silent").get(0).get("healthy").asBoolean()).isTrue();
        eventually(() -> !server.hosts("silent").path(0).path("healthy").asBoolean(true));
        eventually(() -> server.hosts("silent").isEmpty());
    }

    @Test
    void beatsKeepAnInstanceAliveAndSayHowOften() {
        server.post("/v1/ns/instance?serviceName=kept&ip=1.1.1.1&port=1");

        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_000);
        JsonNode heard;
        do {
            heard = server.put("/v1/ns/instance/beat?serviceName=kept&ip=1.1.1.1&port=1")
                    .json();
            assertThat(heard.get("code").asInt()).isEqualTo(HEARD);
        } while (System.nanoTime() < end);
        assertThat(heard.get("clientBeatInterval").asInt()).isEqualTo(500);
        assertThat(heard.get("lightBeatEnabled").asBoolean()).isTrue();
        assertThat(server.hosts("kept").get(0).get("healthy").asBoolean()).isTrue();
    }

    @Test
    void aLightBeatOfAnUnknownInstanceAsksForItsRegistration() {
        HttpServer.Answer answer = server.put("/v1/ns/instance/beat?serviceName=light&ip=1.1.1.1&port=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("code").asInt()).isEqualTo(UNKNOWN);
        assertThat(server.hosts("light")).isEmpty();
    }

    @Test
    void aFullBeatOfAnUnknownInstanceRegistersIt() {
        JsonNode heard = server.put(beat(
                        "G@@full",
                        "{\"serviceName\":\"G@@full\",\"ip\":\"1.1.1.1\",\"port\":1,\"cluster\":\"C\",\"weight\":3,"
                                + "\"metadata\":{\"a\":\"b\"},\"scheduled\":true,\"unheard\":[1]}"))
                .json();

        assertThat(heard.get("code").asInt()).isEqualTo(HEARD);
        JsonNode host = server.hosts("G@@full").get(0);
        assertThat(host.get("clusterName").asText()).isEqualTo("C");
        assertThat(host.get("weight").asDouble()).isEqualTo(3);
        assertThat(host.get("metadata").get("a").asText()).isEqualTo("b");
    }

    @Test
    void anInstanceRegisteredAsUnhealthyIsHealedByABeat() {
        server.post("/v1/ns/instance?serviceName=ill&ip=1.1.1.1&port=1&healthy=false&weight=4");
        assertThat(server.hosts("ill").get(0).get("healthy").asBoolean()).isFalse();

        server.put("/v1/ns/instance/beat?serviceName=ill&ip=1.1.1.1&port=1");

        assertThat(server.hosts("ill").get(0).get("healthy").asBoolean()).isTrue();
        assertThat(server.hosts("ill").get(0).get("weight").asDouble()).isEqualTo(4);
    }

    @Test
    void anInstanceSaysForItselfHowLongItMayBeSilent() {
        server.post("/v1/ns/instance?serviceName=slow&ip=1.1.1.1&port=1&metadata=preserved.heart.beat.timeout=60000,"
                + "preserved.ip.delete.timeout=60000,preserved.heart.beat.interval=20000");
        server.post("/v1/ns/instance?serviceName=slow&ip=1.1.1.2&port=1");

        eventually(() -> server.hosts("slow").size() == 1);
        assertThat(server.hosts("slow").get(0).get("healthy").asBoolean()).isTrue();
        assertThat(server.put("/v1/ns/instance/beat?serviceName=slow&ip=1.1.1.1&port=1")
                        .json()
                        .get("clientBeatInterval")
                        .asInt())
                .isEqualTo(20_000);
    }

    @Test
    void aBeatThatCannotBeReadIsRefused() {
        assertThat(server.put(beat("bad", "{\"ip\":")).status()).isEqualTo(400);
        assertThat(server.put(beat("bad", "[]")).status()).isEqualTo(400);
        assertThat(server.put(beat("bad", "{\"ip\":\"1.1.1.1\",\"port\":70000}"))
                        .status())
                .isEqualTo(400);
        assertThat(server.put(beat("bad", "{\"ip\":\"1.1.1.1\",\"port\":1,\"ephemeral\":false}"))
                        .status())
                .isEqualTo(400);
        assertThat(server.put("/v1/ns/instance/beat?serviceName=bad").body()).isEqualTo("Param 'ip' is required.");
        assertThat(server.hosts("bad")).isEmpty();
    }

    @Test
    void version3BeatsWithARegistration() {
        String instance = "/v3/client/ns/instance?serviceName=v3beat&ip=1.1.1.1&port=1";

        HttpServer.Answer unknown = server.post(instance + "&heartBeat=true");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.code()).isEqualTo(21_003);
        assertThat(server.post(instance).data().asText()).isEqualTo("ok");
        assertThat(server.post(instance + "&heartBeat=true").data().asText()).isEqualTo("ok");
    }

    private static void eventually(BooleanSupplier claim) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!claim.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after 15 s").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.roster.server.RosterServer;
import io.roster.server.Setting;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerApiTest {

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(Map.of(Setting.MAX_HTTP_BODY_BYTES, 1_000));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void healthIsAskedAtTheRoot() {
        assertThat(server.bare("GET", "/health/live", "").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(server.bare("GET", "/health/ready", "").status()).isEqualTo(200);
        assertThat(server.bare("HEAD", "/health/ready", "").body()).isEmpty();
    }

    @Test
    void unknownPathsAreAnsweredInTheShapeOfTheirNeighbours() {
        JsonNode nowhere = server.bare("GET", "/nowhere", "").json();
        assertThat(nowhere.get("status").asInt()).isEqualTo(404);
        assertThat(nowhere.get("path").asText()).isEqualTo("/nowhere");
        HttpServer.Answer naming = server.get("/v1/ns/nosuch");
        assertThat(naming.status()).isEqualTo(501);
        assertThat(naming.body()).isEqualTo("no such api:GET:/nacos/v1/ns/nosuch");
        assertThat(server.post("/v2/ns/instance/list").body()).isEqualTo("no such api:POST:/nacos/v2/ns/instance/list");
        assertThat(server.post("/v1/console/namespaces").status()).isEqualTo(405);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAndTheServerGoesOn() {
        HttpServer.Answer answer = server.call("POST", "/v1/ns/instance", "metadata=" + "x".repeat(1_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("message").asText()).contains("at most 1000 bytes");
        assertThat(server.get("/v1/ns/operator/metrics").status()).isEqualTo(200);
    }

    @Test
    void aHeadThatIsTooLongIsRefused() {
        assertThat(server.get("/v1/ns/instance/list?serviceName=" + "x".repeat(20_000))
                        .status())
                .isEqualTo(414);
        assertThat(server.bare("GET", "/health/live", "", "X-Long", "x".repeat(20_000))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void metricsCountOnRequest() {
        server.post("/v1/ns/instance?serviceName=m&ip=1.1.1.1&port=1");

        JsonNode metrics =
                server.get("/v1/ns/operator/metrics?onlyStatus=false").json();
        assertThat(metrics.get("instanceCount").asInt()).isPositive();
        assertThat(metrics.get("ephemeralIpPortClientCount").asInt()).isPositive();
        assertThat(server.get("/v2/ns/ops/metrics").data().get("status").asText())
                .isEqualTo("UP");
    }

    @Test
    void switchesThatAreHereCanBeTurned() {
        assertThat(server.put("/v1/ns/operator/switches?entry=clientBeatInterval&value=7000")
                        .body())
                .isEqualTo("ok");
        assertThat(server.get("/v1/ns/operator/switches")
                        .json()
                        .get("clientBeatInterval")
                        .asInt())
                .isEqualTo(7_000);
        assertThat(server.put("/v1/ns/instance/beat?serviceName=sw&ip=1.1.1.1&port=1")
                        .json()
                        .get("clientBeatInterval")
                        .asInt())
                .isEqualTo(7_000);
        assertThat(server.put("/v1/ns/operator/switches?entry=pushCacheMillis&value=1")
                        .status())
                .isEqualTo(400);
        assertThat(server.put("/v1/ns/operator/switches?entry=masters&value=x").body())
                .contains("this server has check");
    }

    @Test
    void anOperatorCanCloseTheNamingApi() {
        String status = "/v1/ns/operator/switches?entry=overriddenServerStatus&value=";
        server.put(status + "READ_ONLY");
        try {
            assertThat(server.hosts("x")).isEmpty();
            HttpServer.Answer write = server.post("/v1/ns/instance?serviceName=x&ip=1.1.1.1&port=1");
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.body()).isEqualTo("server is READ_ONLYnow, please try again later!");
        } finally {
            server.put(status + "null");
        }
        assertThat(server.get("/v1/ns/operator/metrics").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/auth/login", "/v1/auth/users/login", "/v3/auth/user/login"})
    void everybodyMayLogIn(String path) {
        HttpServer.Answer answer = server.call("POST", path + "?username=nacos", "password=nacos");

        assertThat(answer.json().get("accessToken").asText()).isNotEmpty();
        assertThat(answer.json().get("tokenTtl").asInt()).isEqualTo(18_000);
        assertThat(answer.json().get("username").asText()).isEqualTo("nacos");
        assertThat(answer.whole().headers().firstValue("Authorization")).isPresent();
    }

    @Test
    void theOnlyMemberIsThisServer() {
        assertThat(server.get("/v1/ns/operator/servers")
                        .json()
                        .get("servers")
                        .get(0)
                        .get("port")
                        .asInt())
                .isEqualTo(server.port());
        assertThat(server.get("/v1/console/server/state")
                        .json()
                        .get("server_port")
                        .asText())
                .isEqualTo(Integer.toString(server.port()));
        assertThat(server.get("/v1/ns/operator/distro/client?ip=1.1.1.1&port=1").body())
                .contains("127.0.0.1:" + server.port());
    }

    @Test
    void theContextPathCanBeElsewhere() {
        try (HttpServer root = HttpServer.start(Map.of(Setting.CONTEXT_PATH, "/"));
                HttpServer deep = HttpServer.start(Map.of(Setting.CONTEXT_PATH, "/a/b"))) {
            assertThat(root.bare("GET", "/v1/ns/operator/metrics", "").status()).isEqualTo(200);
            assertThat(deep.bare("GET", "/a/b/v1/ns/operator/metrics", "").status())
                    .isEqualTo(200);
            assertThat(deep.bare("GET", "/nacos/v1/ns/operator/metrics", "").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        RosterServer.Builder second =
                RosterServer.builder().set(Setting.GRPC_PORT, 0).port(server.port());

        assertThatThrownBy(second::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1 port " + server.port())
                .hasMessageContaining("--port");
    }
}

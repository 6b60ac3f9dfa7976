// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Version2And3Test {

    private static final String OK = "{\"code\":0,\"message\":\"success\",\"data\":\"ok\"}";

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/ns", "/v3/client/ns", "/v3/admin/ns"})
    void allVersionsRegisterInTheSameRegistry(String base) {
        String instance = "/instance?serviceName=all&groupName=g&ip=1.1.1.1&port=1";

        assertThat(server.post(base + instance).body()).isEqualTo(OK);
        assertThat(server.hosts("g@@all")).hasSize(1);
        assertThat(server.delete(base + instance).body()).isEqualTo(OK);
        assertThat(server.hosts("g@@all")).isEmpty();
    }

    @Test
    void version2ListsLikeVersion1AndVersion3ListsInstancesAlone() {
        server.post("/v2/ns/instance?serviceName=lists&ip=1.1.1.1&port=1");

        assertThat(server.get("/v2/ns/instance/list?serviceName=lists")
                        .data()
                        .get("name")
                        .asText())
                .isEqualTo("DEFAULT_GROUP@@lists");
        assertThat(server.get("/v3/client/ns/instance/list?serviceName=lists").data())
                .hasSize(1);
        assertThat(server.get("/v3/client/ns/instance/list?serviceName=nobody").data())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v2/ns/instance/list                                       | 400 | 10000",
                "POST   | /v2/ns/instance?serviceName=a&ip=1.1.1.1&port=99999        | 400 | 20002",
                "POST   | /v2/ns/instance?serviceName=a&ip=1.1.1.1&port=1&weight=-1  | 400 | 21001",
                "POST   | /v2/ns/instance?serviceName=a&ip=1.1.1.1&port=1&metadata=x | 400 | 21002",
                "PUT    | /v2/ns/instance?serviceName=nobody&ip=1.1.1.1&port=1       | 400 | 21004",
                "GET    | /v2/ns/instance?serviceName=nobody&ip=1.1.1.1&port=1       | 404 | 20004",
                "GET    | /v2/ns/client?clientId=nobody                              | 404 | 20004",
                "GET    | /v3/admin/ns/service?serviceName=nobody                    | 400 | 21008",
                "DELETE | /v3/admin/ns/service?serviceName=nobody                    | 400 | 21008",
                "GET    | /v3/admin/ns/instance/list?serviceName=nobody              | 404 | 30000",
            })
    void whatIsWrongHasACode(String method, String path, int status, int code) {
        HttpServer.Answer answer = server.call(method, path, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void partialUpdatesLeaveTheRest() {
        server.post("/v3/client/ns/instance?serviceName=part&ip=1.1.1.1&port=1&weight=2&metadata=a=1");

        assertThat(server.put("/v3/admin/ns/instance/partial?serviceName=part&ip=1.1.1.1&port=1&enabled=false")
                        .body())
                .isEqualTo(OK);
        assertThat(server.get("/v3/client/ns/instance/list?serviceName=part").data())
                .isEmpty();
        assertThat(server.get("/v3/admin/ns/instance/list?serviceName=part")
                        .data()
                        .get(0)
                        .get("weight")
                        .asDouble())
                .isEqualTo(2);
    }

    @Test
    void clientsAreShownWithWhatTheyPublish() {
        server.post("/v2/ns/instance?serviceName=pub&ip=9.9.9.9&port=9");

        assertThat(server.get("/v2/ns/client/list").data().toString()).contains("9.9.9.9:9#true");
        String client = "clientId=9.9.9.9:9%23true";
        assertThat(server.get("/v2/ns/client?" + client)
                        .data()
                        .get("clientType")
                        .asText())
                .isEqualTo("ipPort");
        assertThat(server.get("/v3/admin/ns/client/publish/list?" + client)
                        .data()
                        .toString())
                .isEqualTo("[{\"namespace\":\"public\",\"group\":\"DEFAULT_GROUP\",\"serviceName\":\"pub\","
                        + "\"registeredInstance\":{\"ip\":\"9.9.9.9\",\"port\":9,\"cluster\":\"DEFAULT\"}}]");
        assertThat(server.get("/v2/ns/client/subscribe/list?" + client).data()).isEmpty();
        assertThat(server.get("/v2/ns/client/service/publisher/list?serviceName=pub")
                        .data()
                        .get(0)
                        .get("clientId")
                        .asText())
                .isEqualTo("9.9.9.9:9#true");
    }

    @Test
    void servicesAreMadeAndRemoved() {
        assertThat(server.post("/v3/admin/ns/service?serviceName=made&ephemeral=true")
                        .body())
                .isEqualTo(OK);
        assertThat(server.post("/v2/ns/service?serviceName=made").code()).isEqualTo(21_007);
        assertThat(server.get("/v2/ns/service/list").data().get("services").toString())
                .contains("made");
        assertThat(server.get("/v2/ns/service?serviceName=made")
                        .data()
                        .get("namespace")
                        .asText())
                .isEqualTo("public");
        assertThat(server.delete("/v2/ns/service?serviceName=made").body()).isEqualTo(OK);
    }

    @Test
    void clientsFindTheServerWell() {
        assertThat(server.get("/v3/admin/core/state/liveness").body()).isEqualTo(OK);
        assertThat(server.get("/v3/admin/core/state/readiness").body()).isEqualTo(OK);
        assertThat(server.get("/v1/ns/operator/metrics").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(server.get("/v1/console/health/readiness").body()).isEqualTo("OK");
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person sees with a command-line gRPC client and reflection, against the real jar with all defaults. */
class GrpcurlIT {

    private static final String REGISTRY = "roster.v1.Registry/";
    private static final String OPERATOR = "roster.v1.Operator/";

    private static RosterProcess server;
    private static Buf person;

    @BeforeAll
    static void start() {
        server = RosterProcess.start();
        person = new Buf(server.grpcPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatIsRegisteredHereAppearsAsADiffThere() throws Exception {
        try (Buf.Stream watch = person.stream(REGISTRY + "Watch", "{\"service\":{\"name\":\"orders\"}}")) {
            assertThat(watch.next(10_000).has("snapshot")).isTrue();
            Buf.Result registered = person.call(
                    REGISTRY + "RegisterInstance",
                    "{\"service\":{\"name\":\"orders\"},\"instance\":{\"ip\":\"10.0.0.1\",\"port\":8080}}");
            assertThat(registered.json().get("clientId").asText()).isEqualTo("10.0.0.1:8080#true");
            JsonNode diff = watch.next(10_000).get("diff");
            assertThat(diff.at("/upserted/0/ip").asText()).isEqualTo("10.0.0.1");
            assertThat(diff.get("toRevision").asLong())
                    .isEqualTo(registered.json().get("revision").asLong());
        }
    }

    @Test
    void aBadPortIsRefusedInTheWiresOwnTerms() throws Exception {
        Buf.Result refused = person.call(
                REGISTRY + "RegisterInstance",
                "{\"service\":{\"name\":\"bad\"},\"instance\":{\"ip\":\"10.0.0.1\",\"port\":70000}}");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.error()).contains("invalid_argument", "instance.port: 70000 (expected: 0 to 65535)");
    }

    @Test
    void aHeartbeatForSomethingUnknownSaysToRegisterAgain() throws Exception {
        Buf.Result refused = person.call(
                REGISTRY + "Heartbeat",
                "{\"service\":{\"name\":\"unknown\"},\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}}");
        assertThat(refused.error()).contains("not_found", "not registered, register again");
    }

    @Test
    void anOperatorTakesAnInstanceOutAndPutsItBack() throws Exception {
        String instance = "{\"service\":{\"name\":\"ops\"},\"instance\":{\"ip\":\"10.0.0.9\",\"port\":9}";
        person.call(REGISTRY + "RegisterInstance", instance + "}");
        person.call(OPERATOR + "SetOverride", instance + ",\"enabled\":false}");
        assertThat(list("ops").path("instances")).isEmpty();
        JsonNode claims = person.call(OPERATOR + "ListClaims", "{\"service\":{\"name\":\"ops\"}}")
                .json();
        assertThat(claims.at("/claims/0/override/enabled").asBoolean(true)).isFalse();
        person.call(OPERATOR + "RemoveOverride", instance + "}");
        assertThat(list("ops").path("instances")).hasSize(1);
    }

    @Test
    void theStandardHealthServiceAnswers() throws Exception {
        for (String service : new String[] {"", "roster.v1.Registry"}) {
            JsonNode health = person.call("grpc.health.v1.Health/Check", "{\"service\":\"" + service + "\"}")
                    .json();
            assertThat(health.get("status").asText()).isEqualTo("SERVING");
        }
    }

    @Test
    void channelzShowsTheServer() throws Exception {
        JsonNode servers =
                person.call("grpc.channelz.v1.Channelz/GetServers", "{}").json();
        assertThat(servers.path("server")).isNotEmpty();
    }

    private static JsonNode list(String service) throws Exception {
        return person.call(REGISTRY + "ListInstances", "{\"service\":{\"name\":\"" + service + "\"}}")
                .json();
    }
}

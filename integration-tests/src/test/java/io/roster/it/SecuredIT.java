// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.roster.client.RosterClient;
import io.roster.client.RosterClientBuilder;
import io.roster.client.RosterException;
import io.roster.client.ServerStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real jar with TLS and authentication switched on, and the SDK. */
class SecuredIT {

    @TempDir
    static Path folder;

    private static Secured secured;
    private static RosterProcess server;

    @BeforeAll
    static void start() throws Exception {
        secured = new Secured(folder);
        server = RosterProcess.start(secured.options());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RosterClientBuilder over(RosterProcess to) {
        return RosterClient.builder().servers("127.0.0.1:" + to.grpcPort()).timeout(Duration.ofSeconds(5));
    }

    @Test
    void aUserPublishesAndHearsOverTls() throws Exception {
        try (RosterClient client = over(server)
                .tls(secured.authority())
                .credentials("alice", Secured.PASSWORD)
                .build()) {
            client.registerInstance("orders", "10.0.0.1", 8080);
            assertThat(client.getAllInstances("orders")).hasSize(1);
            assertThat(client.getServices("ord")).hasSize(1);
        }
    }

    @Test
    void aClientCertificateSaysWhoAClientIs() {
        try (RosterClient client = over(server)
                .tls(secured.gateway().certificate(), secured.gateway().key(), secured.authority())
                .build()) {
            client.registerInstance("behind-the-gateway", "10.0.0.1", 8080);
            assertThat(client.getAllInstances("behind-the-gateway")).hasSize(1);
        }
    }

    @Test
    void aUserIsToldWhatIsForbidden() {
        try (RosterClient client = over(server)
                .tls(secured.authority())
                .credentials("bob", Secured.PASSWORD)
                .build()) {
            assertThat(client.getAllInstances("public-orders")).isEmpty();
            assertThatExceptionOfType(RosterException.class)
                    .isThrownBy(() -> client.registerInstance("public-orders", "10.0.0.1", 8080))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RosterException.Code.PERMISSION_DENIED));
            assertThatExceptionOfType(RosterException.class)
                    .isThrownBy(() -> client.getAllInstances("orders"))
                    .withMessageContaining("bob may not READ");
            assertThat(server.output())
                    .anyMatch(line -> line.contains("audit")
                            && line.contains("REFUSED who=bob from=127.0.0.1:")
                            && line.contains("action=register"));
        }
    }

    @Test
    void strangersAreToldWhy() {
        try (RosterClient nobody = over(server).tls(secured.authority()).build();
                RosterClient wrong = over(server)
                        .tls(secured.authority())
                        .credentials("alice", "wrong")
                        .build();
                RosterClient plain = over(server).build()) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(nobody.serverStatus().lastError()).contains("UNAUTHENTICATED");
                assertThat(wrong.serverStatus().lastError()).contains("login of user alice refused");
                assertThat(plain.serverStatus().lastError()).contains("UNAVAILABLE");
            });
            assertThat(List.of(nobody, wrong, plain))
                    .noneMatch(client -> client.serverStatus().state() == ServerStatus.State.CONNECTED);
        }
    }

    @Test
    void aTokenOutlivesARestartAndALoginIsRenewed() throws Exception {
        List<String> options = new ArrayList<>(List.of(secured.options()));
        options.addAll(List.of("--token-lifetime", "2000"));
        RosterProcess first = RosterProcess.start(options.toArray(new String[0]));
        try (first;
                RosterClient client = over(first)
                        .tls(secured.authority())
                        .credentials("alice", Secured.PASSWORD)
                        .build()) {
            client.registerInstance("orders", "10.0.0.1", 8080);
            TimeUnit.MILLISECONDS.sleep(2_500);
            assertThat(client.getServices("ord")).as("with a token given later").hasSize(1);
            first.kill();
            try (RosterProcess second = RosterProcess.startOn(first.port(), options.toArray(new String[0]))) {
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptions()
                        .until(() -> client.getServices("ord").size() == 1);
                assertThat(second.output()).isNotEmpty();
            }
        }
    }

    @Test
    void nothingSecretIsSaidOrKeptReadable() throws Exception {
        Path key = folder.resolve("data").resolve("token.key");
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
        String secret = Files.readString(key).strip();
        assertThat(String.join("\n", server.output()))
                .doesNotContain(secret, "$2a$", "Bearer ", "\"" + Secured.PASSWORD + "\"", "wrong\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, '', 'bind: 0.0.0.0 (expected: a loopback address, or --users FILE'",
        "127.0.0.1, missing.json, 'missing.json does not exist'",
        "127.0.0.1, role.json, 'role.json has the unknown role \"admin\" for alice (expected: read, write or operate)'",
        "127.0.0.1, torn.json, 'torn.json cannot be understood'"
    })
    void whatCannotBeMeantIsRefusedAtTheStartInOneLine(String bind, String users, String said) throws Exception {
        Files.writeString(
                folder.resolve("role.json"),
                "{\"tokens\":[{\"name\":\"alice\",\"sha256\":\"" + "0".repeat(64)
                        + "\",\"grants\":[{\"role\":\"admin\",\"namespace\":\"*\"}]}]}");
        Files.writeString(folder.resolve("torn.json"), "{\"users\":[");
        List<String> options = new ArrayList<>(List.of("--port", "0", "--bind", bind));
        if (!users.isEmpty()) {
            options.addAll(List.of("--users", folder.resolve(users).toString(), "--data-dir", folder + "/data"));
        }
        try (RosterProcess program =
                RosterProcess.run(Map.of("ROSTER_LOG_LEVEL", "OFF"), options.toArray(new String[0]))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.output()).singleElement().asString().contains(said);
        }
    }

    @Test
    void aServerThatOthersCanReachServesEverybodyOnlyIfToldSo() {
        try (RosterProcess open = RosterProcess.start("--bind", "0.0.0.0", "--insecure")) {
            assertThat(open.output()).anyMatch(line -> line.contains("whoever can reach 0.0.0.0 may do everything"));
        }
    }

    @Test
    void aNewTokenIsOneOfAKind() throws Exception {
        String first = Secured.command("", "new-token");
        assertThat(first).contains("token:  roster_", "sha256: ").isNotEqualTo(Secured.command("", "new-token"));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nacos clients as they are, with TLS and authentication switched on; those before 2.2.1 speak no TLS over gRPC. */
class SecuredNacosIT {

    @TempDir
    static Path folder;

    private static Secured secured;
    private static RosterProcess server;

    @BeforeAll
    static void startServer() throws Exception {
        secured = new Secured(folder);
        server = RosterProcess.start(secured.options());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.1, publishing batches batch-parts reading hearing selectors many",
        "3.0.3, publishing batches batch-parts reading hearing selectors fuzzy many",
        "3.2.1-2026.03.30, publishing batches batch-parts reading hearing selectors fuzzy many"
    })
    void anUnchangedClientFindsAllItKnows(String version, String scenarios) throws Exception {
        for (String scenario : scenarios.split(" ", -1)) {
            passes(version, scenario, "alice", Secured.PASSWORD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.1", "3.0.3"})
    void aClientMayDoWhatItsUserMayAndNoMore(String version) throws Exception {
        passes(version, "granted", "bob", Secured.PASSWORD);
        passes(version, "stranger", "bob", "wrong");
    }

    private static void passes(String version, String scenario, String user, String password) throws Exception {
        try (NacosProgram program =
                NacosProgram.start(version, server.port(), scenario, secured.authority(), user, password)) {
            assertThat(program.passes())
                    .as("%s %s %s", scenario, program.output(), server.output())
                    .isTrue();
        }
    }

    /** The key of the tokens is kept: nobody has to log in again. */
    @ParameterizedTest
    @ValueSource(strings = {"2.5.1", "3.2.1-2026.03.30"})
    void everythingReturnsByItselfToAServerKilledAndStartedAgain(String version) throws Exception {
        RosterProcess first = RosterProcess.start(secured.options());
        try (first;
                NacosProgram program = NacosProgram.start(
                        version, first.port(), "restart", secured.authority(), "alice", Secured.PASSWORD)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> program.output().contains("RESTART"));
            first.kill();
            try (RosterProcess second = RosterProcess.startOn(first.port(), secured.options())) {
                program.goOn();
                assertThat(program.passes())
                        .as("%s %s", second.output(), program.output())
                        .isTrue();
            }
        }
    }
}

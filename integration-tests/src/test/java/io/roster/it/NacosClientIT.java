// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nacos clients as they are, each version with its own jars, against the real server. */
class NacosClientIT {

    private static RosterProcess server;

    @BeforeAll
    static void startServer() {
        server = RosterProcess.start("--settling", "0");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** What came with later clients is asked of those only. */
    @ParameterizedTest
    @CsvSource({
        "1.4.8, over-http",
        "2.1.2, publishing batches reading hearing many",
        "2.5.1, publishing batches batch-parts reading hearing selectors many",
        "3.0.3, publishing batches batch-parts reading hearing selectors fuzzy many",
        "3.2.1-2026.03.30, publishing batches batch-parts reading hearing selectors fuzzy many"
    })
    void anUnchangedClientFindsAllItKnows(String version, String scenarios) throws Exception {
        for (String scenario : scenarios.split(" ", -1)) {
            try (NacosProgram program = NacosProgram.start(version, server.port(), scenario)) {
                assertThat(program.passes())
                        .as("%s %s", scenario, program.output())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.2", "2.5.1", "3.0.3", "3.2.1-2026.03.30"})
    void everythingReturnsByItselfToAServerKilledAndStartedAgain(String version) throws Exception {
        returns(version, RosterProcess::kill);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.1", "3.2.1-2026.03.30"})
    void everythingReturnsByItselfToAServerStoppedAndStartedAgain(String version) throws Exception {
        returns(version, RosterProcess::stop);
    }

    private static void returns(String version, End end) throws Exception {
        RosterProcess first = RosterProcess.start();
        try (first;
                NacosProgram program = NacosProgram.start(version, first.port(), "restart")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> program.output().contains("RESTART"));
            end.of(first);
            try (RosterProcess second = RosterProcess.startOn(first.port())) {
                program.goOn();
                assertThat(program.passes())
                        .as("%s %s", second, program.output())
                        .isTrue();
            }
        }
    }

    /** How a server ends. */
    @FunctionalInterface
    private interface End {
        void of(RosterProcess server) throws Exception;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nacos clients as they are, each version with its own jars, against real servers. */
class NacosClientIT {

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void anUnchangedClientFindsAllItKnows(NacosVersion version) throws Exception {
        try (RosterProcess server = RosterProcess.start("--settling", "0");
                NacosProgram program = NacosProgram.start(version, server.port(), version.scenarios())) {
            assertThat(program.passes()).as("%s", program.output()).isTrue();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V1_4_8")
    void everythingReturnsByItselfToAServerKilledAndStartedAgain(NacosVersion version) throws Exception {
        returns(version, RosterProcess::kill);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"V2_5_1", "V3_2_1"})
    void everythingReturnsByItselfToAServerStoppedAndStartedAgain(NacosVersion version) throws Exception {
        returns(version, RosterProcess::stop);
    }

    private static void returns(NacosVersion version, End end) throws Exception {
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

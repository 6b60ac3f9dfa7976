// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nacos clients as they are, with authentication and TLS switched on: all that {@link NacosClientIT} has them do, and what a
 * user may not. Those that speak no TLS, see {@link NacosVersion}, log in in the clear.
 */
class SecuredNacosIT {

    @TempDir
    static Path folder;

    private static Secured secured;

    @BeforeAll
    static void makeCertificatesAndUsers() throws Exception {
        secured = new Secured(folder);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void anUnchangedClientFindsAllItKnows(NacosVersion version, @TempDir Path data) throws Exception {
        try (RosterProcess server = RosterProcess.start(options(version, data, "--settling", "0"))) {
            passes(version, server, "alice", Secured.PASSWORD, version.scenarios());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void aClientMayDoWhatItsUserMayAndNoMore(NacosVersion version, @TempDir Path data) throws Exception {
        try (RosterProcess server = RosterProcess.start(options(version, data))) {
            passes(version, server, "bob", Secured.PASSWORD, "granted");
            passes(version, server, "bob", "wrong", "stranger");
        }
    }

    private static void passes(
            NacosVersion version, RosterProcess server, String user, String password, String... scenarios)
            throws Exception {
        try (NacosProgram program = NacosProgram.start(version, server.port(), secured, user, password, scenarios)) {
            assertThat(program.passes())
                    .as("%s %s", program.output(), server.output())
                    .isTrue();
        }
    }

    /** The key of the tokens is kept: nobody has to log in again. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V1_4_8")
    void everythingReturnsByItselfToAServerKilledAndStartedAgain(NacosVersion version, @TempDir Path data)
            throws Exception {
        RosterProcess first = RosterProcess.start(options(version, data));
        try (first;
                NacosProgram program =
                        NacosProgram.start(version, first.port(), secured, "alice", Secured.PASSWORD, "restart")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> program.output().contains("RESTART"));
            first.kill();
            try (RosterProcess second = RosterProcess.startOn(first.port(), options(version, data))) {
                program.goOn();
                assertThat(program.passes())
                        .as("%s %s", second.output(), program.output())
                        .isTrue();
            }
        }
    }

    private static String[] options(NacosVersion version, Path data, String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of(version.speaksTls() ? secured.options(data) : secured.optionsInTheClear(data)));
        return options.toArray(new String[0]);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started by a person or a supervisor. */
class CommandLineIT {

    @TempDir
    Path folder;

    @Test
    void oneLineSaysWhereItServes() {
        try (RosterProcess server = RosterProcess.start()) {
            assertThat(server.output())
                    .filteredOn(line -> line.contains("serves on 127.0.0.1"))
                    .singleElement()
                    .asString()
                    .contains(Integer.toString(server.grpcPort()))
                    .containsPattern("\\d+\\.\\d\\d s after process start");
        }
    }

    @Test
    void aTermSignalEndsItInOrder() throws InterruptedException {
        try (RosterProcess server = RosterProcess.start()) {
            assertThat(server.stop()).isEqualTo(143);
            assertThat(server.output()).anyMatch(line -> line.endsWith("stopped"));
        }
    }

    @Test
    void helpAndVersionSayWhatTheyShould() throws InterruptedException {
        try (RosterProcess help = RosterProcess.run(Map.of(), "--help");
                RosterProcess version = RosterProcess.run(Map.of(), "--version")) {
            assertThat(help.exitCode()).isZero();
            assertThat(String.join("\n", help.output())).contains("--bind", "--port", "--grpc-port", "--config");
            assertThat(version.exitCode()).isZero();
            assertThat(version.output()).singleElement().asString().startsWith("Roster ");
        }
    }

    @Test
    void aPortInUseIsOneClearLine() throws InterruptedException {
        try (RosterProcess first = RosterProcess.start();
                RosterProcess second = RosterProcess.run(
                        Map.of("ROSTER_LOG_LEVEL", "OFF"), "--port", Integer.toString(first.port()))) {
            refused(second, "port " + first.port(), "in use", "expected: a free port");
        }
    }

    @Test
    void anUnknownOptionNamesTheNearest() throws InterruptedException {
        try (RosterProcess program = RosterProcess.run(Map.of(), "--grpcport", "1")) {
            refused(program, "--grpcport", "--grpc-port");
        }
    }

    @Test
    void anUnknownKeyOfTheFileNamesTheNearest() throws Exception {
        Path file = Files.writeString(folder.resolve("roster.properties"), "grpc-prot=1\n");
        try (RosterProcess program = RosterProcess.run(Map.of(), "--config", file.toString())) {
            refused(program, "grpc-prot", "grpc-port");
        }
    }

    @Test
    void aFileThatCannotBeReadIsOneClearLine() throws InterruptedException {
        Path missing = folder.resolve("missing.properties");
        try (RosterProcess program = RosterProcess.run(Map.of(), "--config", missing.toString())) {
            refused(program, "missing.properties");
        }
    }

    @Test
    void aBadValueSaysTheThingTheValueAndWhatWasExpected() throws InterruptedException {
        try (RosterProcess program = RosterProcess.run(Map.of("ROSTER_PORT", "banana"))) {
            refused(program, "port: banana (expected: a number from 0 to 65535)");
        }
    }

    @Test
    void aCertificateThatIsNotThereIsOneClearLine() throws InterruptedException {
        String missing = folder.resolve("missing.pem").toString();
        try (RosterProcess program = RosterProcess.run(
                Map.of("ROSTER_LOG_LEVEL", "OFF"), "--port", "0", "--tls-cert", missing, "--tls-key", missing)) {
            refused(program, "tls-cert: " + missing + " does not exist");
        }
    }

    @Test
    void optionsGoBeforeVariablesBeforeTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("roster.properties"), "port=c\nsettling=c\nsweep-period=c\n");
        Map<String, String> variables = Map.of("ROSTER_PORT", "b", "ROSTER_SETTLING", "b", "ROSTER_CONFIG", file + "");
        try (RosterProcess all = RosterProcess.run(variables, "--port", "a");
                RosterProcess two = RosterProcess.run(variables, "--port", "0");
                RosterProcess one = RosterProcess.run(variables, "--port", "0", "--settling", "0")) {
            refused(all, "port: a ");
            refused(two, "settling: b ");
            refused(one, "sweep-period: c ");
        }
    }

    private static void refused(RosterProcess program, String... said) throws InterruptedException {
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.output()).singleElement().asString().contains(said);
    }
}

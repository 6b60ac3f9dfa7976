// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark's clients get into a server that asks who they are, and are compared with those of one that does not. */
class SecuredBenchIT {

    private static final List<String> SMALL =
            List.of("--clients=3", "--services=3", "--instances=6", "--rounds=1", "--warmup=0", "--seconds=0.1");

    @TempDir
    static Path folder;

    private static Access access;

    @BeforeAll
    static void makeCertificateAndToken() throws Exception {
        access = Access.secured(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "nacos", "http"})
    void withTheTokenOverTls(String wire) throws Exception {
        String output = bench(wire, access.words().get(1));
        assertThat(output)
                .contains("register over " + wire, "roster", "plain", "ratio")
                .doesNotContain("refused");
    }

    @Test
    void notWithAnotherToken() throws Exception {
        assertThat(bench("native", "wrong")).contains("roster-bench: waiting for hello", "UNAUTHENTICATED");
    }

    private static String bench(String wire, String token) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("roster.bench.jar", "target/roster-bench.jar"),
                "register",
                "--vs=plain",
                "--wire=" + wire,
                "--tls-ca=" + access.words().get(0),
                "--token=" + token,
                "--jvm-arg=-XX:TieredStopAtLevel=1",
                "--server-arg=--data-dir=" + folder.resolve("data")));
        access.serverOptions().forEach(option -> command.add("--server-arg=" + option));
        command.addAll(SMALL);
        Process bench = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bench.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Every workload once, small, by the jar itself; whether the figures are good is not asked here. */
@Isolated
class BenchIT {

    private static final List<String> SMALL = List.of(
            "--clients=5",
            "--depth=2",
            "--services=3",
            "--instances=6",
            "--subscribers=2",
            "--rounds=1",
            "--warmup=0",
            "--seconds=0.1");

    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void everyWorkloadRunsAgainstServerAndCeiling() throws IOException, InterruptedException {
        Path report = directory.resolve("report.html");
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                QUICK_START,
                "-jar",
                System.getProperty("roster.bench.jar", "target/roster-bench.jar"),
                "all",
                "--vs=ceiling",
                "--jvm-arg=" + QUICK_START,
                "--report=" + report));
        command.addAll(SMALL);

        Process bench = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(bench.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            bench.destroy();
        }

        assertThat(bench.exitValue()).isZero();
        assertThat(results(output))
                .extracting(result -> result.path("workload").asText())
                .containsExactly(
                        "register",
                        "heartbeat",
                        "query",
                        "fanout",
                        "churn",
                        "idle",
                        "kill",
                        "freeze",
                        "reconnect",
                        "startup",
                        "million",
                        "growth of services",
                        "growth of services",
                        "growth of instances",
                        "growth of instances",
                        "growth of subscribers",
                        "growth of subscribers");
        assertThat(results(output)
                        .get(0)
                        .path("ratio")
                        .path("RATE")
                        .path("median")
                        .asDouble())
                .isPositive();
        assertThat(report).content().contains("register over native");
    }

    private static List<JsonNode> results(Path output) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith("{\"")) {
                results.add(json.readTree(line));
            }
        }
        return results;
    }
}

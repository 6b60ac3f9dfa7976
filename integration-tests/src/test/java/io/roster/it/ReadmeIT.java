// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README prints works as printed. */
class ReadmeIT {

    private static final Path ROOT = Path.of(System.getProperty("roster.server.jar", "../server/target/x.jar"))
            .toAbsolutePath()
            .resolve("../../..")
            .normalize();
    private static final Pattern GRPCURL =
            Pattern.compile("^grpcurl -plaintext -d '(\\{.*})' 127\\.0\\.0\\.1:9848 ([\\w.]+/\\w+)$");

    private static RosterProcess server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = RosterProcess.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> commands() throws Exception {
        return Files.readAllLines(ROOT.resolve("README.md")).stream()
                .filter(line -> line.startsWith("grpcurl -plaintext "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachGrpcurlLineWorks(String line) throws Exception {
        Matcher command = GRPCURL.matcher(line);
        assertThat(command.matches())
                .as("a line that this test can run: %s", line)
                .isTrue();
        Buf person = new Buf(server.grpcPort());
        if (command.group(2).endsWith("/Watch")) {
            try (Buf.Stream watch = person.stream(command.group(2), command.group(1))) {
                assertThat(watch.next(10_000).has("snapshot")).isTrue();
            }
            return;
        }
        Buf.Result result = person.call(command.group(2), command.group(1));
        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void theTenLineProgramRuns() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String program =
                readme.substring(readme.indexOf("```java") + 7, readme.indexOf("```", readme.indexOf("```java") + 7));
        Path file = Files.writeString(folder.resolve("Hello.java"), program.replace(":9848", ":" + server.grpcPort()));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ROOT.resolve("client-sdk/target/roster-client-all.jar").toString(),
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().filter(line -> line.contains("10.0.0.8")).findFirst())
                    .isPresent();
        } finally {
            process.destroyForcibly();
        }
    }
}

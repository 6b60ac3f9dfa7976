// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README prints about security works as printed, from the first line to the last. */
class ReadmeSecurityIT {

    private static final Path README = Path.of(System.getProperty("roster.server.jar", "../server/target/x.jar"))
            .toAbsolutePath()
            .resolve("../../../README.md")
            .normalize();
    private static final Pattern GRPCURL = Pattern.compile(
            "^grpcurl -cacert server\\.pem -H \"authorization: Bearer \\$TOKEN\" -d '(\\{.*})' 127\\.0\\.0\\.1:9848 ([\\w.]+/\\w+)$");

    @TempDir
    Path folder;

    @Test
    void theSectionOnSecurityCanBeFollowed() throws Exception {
        String readme = Files.readString(README);
        String section = readme.substring(readme.indexOf("\n## Security"));
        section = section.substring(0, section.indexOf("\n## ", 1));
        List<String> lines = section.lines().toList();
        assertThat(shell(only(lines, "openssl req"), 0)).isNotNull();
        writeUsers(section.substring(
                section.indexOf("```json") + 7, section.indexOf("```", section.indexOf("```json") + 7)));
        List<String> options = new ArrayList<>();
        for (String word : only(
                        lines,
                        "java -jar server/target/roster-server.jar --tls-cert server.pem --tls-key server.key --users")
                .split(" ", -1)) {
            if (word.startsWith("--")) {
                options.add(word);
            } else if (!options.isEmpty()) {
                options.add(folder.resolve(word).toString());
            }
        }
        options.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        try (RosterProcess server = RosterProcess.start(options.toArray(new String[0]))) {
            assertThat(shell(on(server, only(lines, "curl --cacert server.pem https")), 0))
                    .contains("ready");
            String login = on(server, only(lines, "TOKEN="));
            String token = shell(login + "; echo $TOKEN", 0).strip();
            assertThat(token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            assertThat(shell(login + "; " + on(server, only(lines, "curl --cacert server.pem -H")), 0))
                    .contains("\"success\"");
            Matcher command = GRPCURL.matcher(only(lines, "grpcurl "));
            assertThat(command.matches()).isTrue();
            Buf.Result result = new Buf(server.grpcPort())
                    .call(command.group(2), command.group(1), folder.resolve("server.pem"), token);
            assertThat(result.error()).isEmpty();
            assertThat(result.json().path("serverId").asText()).isNotEmpty();
        }
    }

    private void writeUsers(String json) throws Exception {
        String hash = Secured.command("secret\n", "hash-password").strip();
        String digest = Secured.command("", "new-token").replaceAll("(?s).*sha256: (\\w+).*", "$1");
        Files.writeString(
                folder.resolve("users.json"),
                json.replace("$2a$10$...", hash).replace("\"sha256\": \"...\"", "\"sha256\": \"" + digest + "\""));
    }

    private static String on(RosterProcess server, String line) {
        return line.replace(":8848", ":" + server.port()).replace(":9848", ":" + server.grpcPort());
    }

    private static String only(List<String> lines, String beginning) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(beginning)).toList();
        assertThat(found).as(beginning).hasSize(1);
        return found.get(0);
    }

    private String shell(String line, int exitCode) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line).isEqualTo(exitCode);
        return output;
    }
}

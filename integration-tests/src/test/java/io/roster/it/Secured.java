// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server with TLS and authentication is started with: alice, whose password is {@code secret}, writes to everything;
 * bob, with the same password, reads what is called {@code public-…}; the certificate {@code CN=gateway} operates.
 */
final class Secured {

    static final String PASSWORD = "secret";

    private final Path folder;
    private final SelfSigned server;
    private final SelfSigned gateway;

    Secured(Path folder) throws Exception {
        this.folder = folder;
        this.server = SelfSigned.make(folder, "server");
        this.gateway = SelfSigned.make(folder, "gateway");
        String hash = command(PASSWORD + '\n', "hash-password").strip();
        Files.writeString(folder.resolve("users.json"), """
                {
                  "users": [
                    {"name": "alice", "password": "HASH", "grants": [{"role": "write", "namespace": "*"}]},
                    {"name": "bob", "password": "HASH",
                     "grants": [{"role": "read", "namespace": "public", "service": "public-"}]}
                  ],
                  "certificates": [
                    {"name": "gateway", "subject": "CN=gateway", "grants": [{"role": "operate", "namespace": "*"}]}
                  ]
                }
                """.replace("HASH", hash));
    }

    /** Runs a command of the program and gives what it prints. */
    static String command(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("roster.server.jar", "../server/target/roster-server.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    /** The server's options. */
    String[] options() {
        return options(folder.resolve("data"));
    }

    /** The same with this data directory, which no two servers may have at the same time. */
    String[] options(Path data) {
        List<String> options = new ArrayList<>(List.of(
                "--tls-cert", server.certificate().toString(),
                "--tls-key", server.key().toString(),
                "--tls-client-ca", gateway.certificate().toString(),
                "--tls-client-auth", "optional"));
        options.addAll(List.of(optionsInTheClear(data)));
        return options.toArray(new String[0]);
    }

    /** The same without TLS. */
    String[] optionsInTheClear(Path data) {
        return new String[] {"--users", folder.resolve("users.json").toString(), "--data-dir", data.toString()};
    }

    /** What a Nacos client's Java machine is told so that it speaks TLS, over HTTP and over gRPC, and trusts the server. */
    List<String> nacosTls() {
        return List.of(
                "-Dnacos.remote.client.rpc.tls.enable=true",
                "-Dnacos.remote.client.rpc.tls.trustCollectionChainPath=" + authority(),
                "-Dtls.enable=true",
                "-Dtls.client.authServer=true",
                "-Dtls.client.trustCertPath=" + authority());
    }

    /** Who vouches for the server. */
    Path authority() {
        return server.certificate();
    }

    SelfSigned gateway() {
        return gateway;
    }
}

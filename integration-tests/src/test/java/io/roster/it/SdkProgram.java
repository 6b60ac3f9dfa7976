// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import io.roster.client.RosterClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that publishes one instance and does nothing more, to be killed by a test. */
final class SdkProgram {

    private SdkProgram() {}

    /** Arguments: gRPC address, service, ip, port, milliseconds of grace. */
    public static void main(String[] args) throws InterruptedException {
        Duration grace = Duration.ofMillis(Long.parseLong(args[4]));
        // Long enough for a machine that starts other programs, too.
        try (RosterClient client = RosterClient.builder()
                .servers(args[0])
                .grace(grace)
                .timeout(Duration.ofSeconds(20))
                .build()) {
            client.registerInstance(args[1], args[2], Integer.parseInt(args[3]));
            System.out.println("registered");
            Thread.currentThread().join();
        }
    }

    /** Starts the program and waits until it has registered. */
    static Process start(String server, String service, String ip, int port, long graceMs) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        SdkProgram.class.getName(),
                        server,
                        service,
                        ip,
                        Integer.toString(port),
                        Long.toString(graceMs)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!"registered".equals(process.inputReader().readLine())) {
            process.destroyForcibly();
            throw new IllegalStateException("the program did not register");
        }
        return process;
    }
}

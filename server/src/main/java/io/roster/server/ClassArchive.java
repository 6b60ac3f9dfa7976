// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine;

/**
 * A start of the server on free ports and its end, for a JVM that notes which classes that takes
 * ({@code -XX:ArchiveClassesAtExit}): with them at hand ({@code -XX:SharedArchiveFile}) a start takes half the time. The build
 * runs it.
 */
final class ClassArchive {

    private ClassArchive() {}

    public static void main(String[] args) throws IOException {
        CommandLine.ParseResult anyPort = new CommandLine(CommandLineConfig.spec()).parseArgs("--port", "0");
        Logging.start(Level.INFO);
        try (RosterServer server = RosterServer.builder()
                        .config(CommandLineConfig.gather(anyPort, Map.of()))
                        .start();
                InputStream answer = URI.create("http://127.0.0.1:" + server.port() + "/health/ready")
                        .toURL()
                        .openStream()) {
            answer.readAllBytes();
        } finally {
            Logging.stop();
        }
    }
}

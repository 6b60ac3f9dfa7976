// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** The program: reads its configuration, serves until it is told to stop. */
public final class Main {

    private static final int EXIT_UNUSABLE = 2;

    private Main() {}

    /** Runs the server; exit code 2 if it cannot start with what it was told. */
    public static void main(String[] args) throws InterruptedException {
        CommandLine commandLine = new CommandLine(CommandLineConfig.spec());
        try {
            CommandLine.ParseResult options = commandLine.parseArgs(args);
            if (CommandLine.printHelpIfRequested(options)) {
                return;
            }
            if (options.hasSubcommand()) {
                Secrets.run(options.subcommand().commandSpec().name());
                return;
            }
            serve(CommandLineConfig.gather(options, System.getenv()));
        } catch (CommandLine.UnmatchedArgumentException unknown) {
            String near = unknown.getSuggestions().isEmpty()
                    ? ""
                    : " (did you mean: " + unknown.getSuggestions().get(0) + "?)";
            fail(unknown.getMessage() + near);
        } catch (CommandLine.ParameterException | ConfigException unusable) {
            fail(String.valueOf(unusable.getMessage()));
        }
    }

    private static void serve(ServerConfig config) throws InterruptedException {
        Logging.start(Level.toLevel(config.text(Setting.LOG_LEVEL), Level.INFO));
        RosterServer server;
        try {
            server = RosterServer.builder().config(config).start();
        } catch (IOException failure) {
            fail(String.valueOf(failure.getMessage()));
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            Logging.stop();
            stopped.countDown();
        }));
        System.out.println(String.format(
                Locale.ROOT,
                "Roster %s serves on %s: main port %d (HTTP), gRPC port %d, %.2f s after process start",
                Version.text(),
                config.bind(),
                server.port(),
                server.grpcPort(),
                secondsSinceProcessStart()));
        stopped.await();
    }

    private static double secondsSinceProcessStart() {
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(start, now).toMillis() / 1_000.0;
    }

    private static void fail(String problem) {
        System.err.println("roster-server: " + problem);
        System.exit(EXIT_UNUSABLE);
    }
}

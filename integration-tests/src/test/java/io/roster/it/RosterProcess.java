// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import io.roster.bench.process.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The real jar as a process of its own; ended with the test. */
public final class RosterProcess implements AutoCloseable {

    private static final String SERVES = " serves on ";

    private final Process process;
    private final int port;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CountDownLatch serving = new CountDownLatch(1);
    private final CountDownLatch outputEnded = new CountDownLatch(1);

    private RosterProcess(int port, Map<String, String> environment, List<String> arguments) {
        this.port = port;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("roster.server.jar", "../server/target/roster-server.jar")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs the program to its end, whatever that is. */
    static RosterProcess run(Map<String, String> environment, String... arguments) {
        return new RosterProcess(0, environment, List.of(arguments));
    }

    /** Starts a server on free ports and waits until it serves. */
    static RosterProcess start(String... more) {
        return startOn(freePorts(), more);
    }

    /** Starts a server on this main port and the gRPC port 1,000 above it, and waits until it serves. */
    public static RosterProcess startOn(int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        RosterProcess server = new RosterProcess(port, Map.of(), arguments);
        try {
            if (!server.serving.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not serve: " + server.output);
            }
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
        return server;
    }

    /** A port that is free, as is the one 1,000 above it. */
    public static int freePorts() {
        return FreePort.withNeighbour(1_000);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains(SERVES)) {
                    serving.countDown();
                }
            }
        } catch (IOException ended) {
            output.add(ended.toString());
        } finally {
            outputEnded.countDown();
        }
    }

    int port() {
        return port;
    }

    int grpcPort() {
        return port + 1_000;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has printed so far, both streams. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for the program to end by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS) || !outputEnded.await(5, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program does not end: " + output);
        }
        return process.exitValue();
    }

    /** SIGTERM, which leaves its output to be read to the end; waits for the end. */
    int stop() throws InterruptedException {
        process.toHandle().destroy();
        return exitCode();
    }

    /** SIGKILL; waits for the end. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

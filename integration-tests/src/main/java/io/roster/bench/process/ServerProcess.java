// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.process;

import io.roster.bench.load.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program that the harness started on this machine, and ends. Thread: any. */
public final class ServerProcess implements AutoCloseable {

    private static final long START_PATIENCE_MS = 30_000;
    private static final int LOG_TAIL_LINES = 20;

    private final Process process;
    private final Thread guard;
    private final Path log;
    private final InetSocketAddress address;
    private final Path program;

    private ServerProcess(Process process, Path log, InetSocketAddress address, Path program) {
        this.program = program;
        this.process = process;
        this.log = log;
        this.address = address;
        this.guard = new Thread(process::destroyForcibly, "bench-guard");
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /**
     * Starts a program and does not wait for it.
     *
     * @param arguments of the java command
     * @param environment variables that it has beside those of this process
     * @param port where it will listen
     * @param program the file that it consists of, if it is one
     */
    public static ServerProcess launch(
            List<String> arguments, Map<String, String> environment, int port, Path program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Path log = Files.createTempFile("roster-bench-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new ServerProcess(process, log, address, program);
        } catch (IOException failure) {
            throw new BenchException("cannot start " + command, failure);
        }
    }

    /** Waits until it accepts connections. */
    public void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_PATIENCE_MS);
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                String said = lastWords();
                close();
                throw new BenchException("the server did not start: " + said);
            }
            pause();
        }
    }

    /** Whether it accepts connections now. */
    public boolean isListening() {
        try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interruption);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(its log is not readable: " + unreadable.getMessage() + ')';
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The file that it consists of; a directory where it was not packaged. */
    public Path program() {
        return program;
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to end and does not wait for that. */
    public void end() {
        process.destroy();
    }

    @Override
    public void close() {
        end();
        try {
            if (!process.waitFor(8, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
            Runtime.getRuntime().removeShutdownHook(guard);
            Files.deleteIfExists(log);
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException left) {
            process.destroyForcibly();
        }
    }
}

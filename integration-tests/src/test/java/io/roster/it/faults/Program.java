// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.client.Instance;
import io.roster.client.RosterClient;
import io.roster.it.Access;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Lifetime;
import io.roster.it.history.Parting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of its own that publishes one instance by the SDK, to be killed. */
final class Program implements AutoCloseable {

    private static final String READY = "registered";

    private final String name;
    private final History history;
    private final Process process;

    private Program(String name, History history, Process process) {
        this.name = name;
        this.history = history;
        this.process = process;
    }

    /** Arguments: port of the server, service, ip, port, number of the operation, name; then how to get in. */
    public static void main(String[] args) throws InterruptedException {
        List<String> words = List.of(args);
        try (RosterClient client = Access.of(words.subList(6, words.size()))
                .sdk(Integer.parseInt(args[0]))
                .timeout(Duration.ofSeconds(20))
                .build()) {
            client.registerInstance(
                    args[1],
                    Instance.builder(args[2], Integer.parseInt(args[3]))
                            .metadata(Map.of(Listed.VERSION, args[4], "by", args[5]))
                            .build());
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }

    /** Starts it and waits until it has registered. */
    static Program start(
            String name, History history, Operations operations, Line line, String service, Address address) {
        history.add(at -> new Event.Joined(at, name, name, Lifetime.RETURNING, SdkPublisher.GRACE.toNanos()));
        int op = Operations.number(operations.register(name, service, address, 1));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Program.class.getName(),
                Integer.toString(line.port()),
                service,
                address.ip(),
                Integer.toString(address.port()),
                Integer.toString(op),
                name));
        command.addAll(line.access().words());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (READY.equals(process.inputReader().readLine())) {
                operations.done(op);
            } else {
                operations.unanswered(op, "the program ended");
            }
            return new Program(name, history, process);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Lets it be for a while. */
    void live(long ms) throws InterruptedException {
        if (process.waitFor(ms, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " has ended by itself");
        }
    }

    /** SIGKILL. */
    @Override
    public void close() {
        if (process.isAlive()) {
            history.add(at -> new Event.Left(at, name, Parting.DEATH));
            process.destroyForcibly();
        }
    }
}

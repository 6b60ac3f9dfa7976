// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The npm client of Nacos in a process of its own. */
final class NpmProgram implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter input;
    private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();

    private NpmProgram(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the client and waits until it is ready. */
    static NpmProgram start(int port) throws IOException, InterruptedException {
        return start(Map.of(), "127.0.0.1:" + port);
    }

    /** The same over TLS, with a user's password. */
    static NpmProgram start(int port, Path authority, String user, String password)
            throws IOException, InterruptedException {
        return start(Map.of("NODE_EXTRA_CA_CERTS", authority.toString()), "https://127.0.0.1:" + port, user, password);
    }

    private static NpmProgram start(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "src/test/js/naming.js"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        NpmProgram program = new NpmProgram(builder.start());
        program.await("ready", 30_000);
        return program;
    }

    private void read() {
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(process.getInputStream())) {
            while (values.hasNextValue()) {
                said.add(values.nextValue());
            }
        } catch (IOException ended) {
            said.add(JSON.createObjectNode().put("ended", ended.toString()));
        }
    }

    /** Has it do something and waits for its answer. */
    JsonNode tell(String command, String answer) throws IOException, InterruptedException {
        input.write(command);
        input.newLine();
        input.flush();
        return await(answer, 10_000);
    }

    /** The next thing of this kind it says; anything else is passed over, but for errors. */
    JsonNode await(String kind, long timeoutMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            JsonNode next = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null || next.has("error") || next.has("ended")) {
                throw new AssertionError("waited for " + kind + ", but: " + next);
            }
            if (next.has(kind)) {
                return next.get(kind);
            }
        }
    }

    /** Waits until it has heard exactly these instances, {@code ip:port:healthy}. */
    void hears(long timeoutMs, String... instances) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        List<String> expected = List.of(instances);
        List<String> heard;
        do {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            JsonNode hosts = await("heard", Math.max(1, leftMs));
            heard = JSON.convertValue(hosts, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        } while (!heard.equals(expected));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

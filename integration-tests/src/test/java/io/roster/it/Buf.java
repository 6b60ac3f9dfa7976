// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A person at a terminal: {@code buf curl} with server reflection, which speaks as grpcurl does. */
final class Buf {

    private static final JsonMapper JSON = new JsonMapper();

    private final int grpcPort;

    Buf(int grpcPort) {
        this.grpcPort = grpcPort;
    }

    /** What a call printed. */
    record Result(int exitCode, String output, String error) {
        JsonNode json() throws IOException {
            return JSON.readTree(output);
        }
    }

    Result call(String method, String body) throws IOException, InterruptedException {
        return result(start(method, body));
    }

    private static Result result(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), output, error);
    }

    /** A call that streams answers until it is closed. */
    Stream stream(String method, String body) throws IOException {
        return new Stream(start(method, body));
    }

    /** The same over TLS, with a token. */
    Result call(String method, String body, Path authority, String token) throws IOException, InterruptedException {
        String header = "authorization: Bearer " + token;
        Process process = start(
                "https",
                method,
                body,
                List.of("--cacert", authority.toString(), "-H", header, "--reflect-header", header));
        return result(process);
    }

    private Process start(String method, String body) throws IOException {
        return start("http", method, body, List.of("--http2-prior-knowledge"));
    }

    private Process start(String scheme, String method, String body, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("roster.buf", "node_modules/.bin/buf"),
                "curl",
                "--protocol",
                "grpc",
                "--reflect",
                scheme + "://127.0.0.1:" + grpcPort + "/" + method,
                "-d",
                body));
        command.addAll(more);
        return new ProcessBuilder(command).start();
    }

    /** The answers of a streaming call as they come. */
    static final class Stream implements AutoCloseable {

        private final Process process;
        private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();

        private Stream(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read, "answers of " + process.pid());
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (MappingIterator<JsonNode> values =
                    JSON.readerFor(JsonNode.class).readValues(process.getInputStream())) {
                while (values.hasNextValue()) {
                    answers.add(values.nextValue());
                }
            } catch (IOException ended) {
                answers.add(JSON.createObjectNode().put("ended", ended.toString()));
            }
        }

        /** The next answer; fails if none comes in time. */
        JsonNode next(long timeoutMs) throws InterruptedException {
            JsonNode answer = answers.poll(timeoutMs, TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new AssertionError("no answer within " + timeoutMs + " ms");
            }
            return answer;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}

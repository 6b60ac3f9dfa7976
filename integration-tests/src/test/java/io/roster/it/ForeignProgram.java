// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A program that has never heard of Roster, as a process with libraries of its own; ended with the test. */
final class ForeignProgram implements AutoCloseable {

    /** Where what the build has made for such programs is, each in a directory of its own. */
    private static final Path PROGRAMS = Path.of(System.getProperty("roster.programs", "target"));

    /** Nacos clients keep caches and logs at home. */
    private static final Path HOME = PROGRAMS.resolve("nacos-home").toAbsolutePath();

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ForeignProgram(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a Java program with these classes and the jars in that directory, both as the build has them. */
    static ForeignProgram java(String classes, String jars, String mainClass, String... arguments) {
        return java(List.of(), classes, jars, mainClass, arguments);
    }

    /** The same with options for the Java machine. */
    static ForeignProgram java(
            List<String> options, String classes, String jars, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + HOME));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                PROGRAMS.resolve(classes)
                        + File.pathSeparator
                        + PROGRAMS.resolve(jars).resolve("*"),
                mainClass));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a program written for Node; {@code script} is where it stands in the sources. */
    static ForeignProgram node(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private static ForeignProgram start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", HOME.toString());
        try {
            return new ForeignProgram(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException ended) {
            output.add(ended.toString());
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has said so far, both streams. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Whether it has said this line; fails if it never will because it has ended. */
    boolean says(String line) {
        if (output.contains(line)) {
            return true;
        }
        if (!process.isAlive() && !reader.isAlive()) {
            throw new AssertionError("ended without \"" + line + "\": " + this);
        }
        return false;
    }

    /** Says a line to it. */
    void tell(String line) {
        try {
            process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new AssertionError("does not listen: " + this, failure);
        }
    }

    /** Says whether it has ended by itself, waiting for that no longer than this. */
    boolean ends(long timeoutMs) throws InterruptedException {
        boolean ended = process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
        if (ended) {
            reader.join(5_000);
        }
        return ended;
    }

    /** Asks it to end, as an operator does. */
    void stop() {
        process.toHandle().destroy();
    }

    /** SIGKILL: it ends without a word to anybody. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    /** Whether it runs, and the last of what it said: what a failed test must show. */
    @Override
    public String toString() {
        List<String> said = output();
        return process.pid() + (process.isAlive() ? " running" : " exit code " + process.exitValue()) + ", said:\n"
                + String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size()));
    }
}

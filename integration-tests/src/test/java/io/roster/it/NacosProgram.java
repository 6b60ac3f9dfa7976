// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@link NacosScenario} as a process with the jars of one version of the Nacos client. */
final class NacosProgram implements AutoCloseable {

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private NacosProgram(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static NacosProgram start(String version, int port, String scenario) throws IOException {
        Path jars = Path.of(System.getProperty("roster.nacos.clients", "target/nacos-clients"), version);
        String classes = Path.of("target", "test-classes") + java.io.File.pathSeparator + jars.resolve("*");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.home=" + Path.of("target", "nacos-home").toAbsolutePath(),
                        "-cp",
                        classes,
                        NacosScenario.class.getName(),
                        "127.0.0.1:" + port,
                        scenario)
                .redirectErrorStream(true)
                .start();
        return new NacosProgram(process);
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

    /** What it has said so far. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Lets it go on after it has asked for something. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits for its end; says whether it came through. */
    boolean passes() throws InterruptedException {
        if (process.waitFor(60, TimeUnit.SECONDS)) {
            reader.join(5_000);
        }
        return output.contains("PASSED");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

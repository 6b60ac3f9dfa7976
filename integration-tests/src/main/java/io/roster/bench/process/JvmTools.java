// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a Java process that the harness started about its heap, with the JDK's own tools, if there is a JDK. */
public final class JvmTools {

    /** The tools are JVMs themselves, which do next to nothing. */
    private static final List<String> QUICK_START =
            List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Xshare:auto");

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final long pid;

    public JvmTools(long pid) {
        this.pid = pid;
    }

    /** Live heap in bytes, after a collection. */
    public OptionalDouble heapAfterCollection() {
        double used = 0;
        for (String line : run("jcmd", String.valueOf(pid), "GC.run\nGC.heap_info")) {
            Matcher matcher = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && matcher.find()) {
                used += Double.parseDouble(matcher.group(1)) * 1_024;
            }
        }
        return used > 0 ? OptionalDouble.of(used) : OptionalDouble.empty();
    }

    /** Seconds that the process has spent collecting garbage so far; read without disturbing it. */
    public OptionalDouble collectionSeconds() {
        List<String> lines = run("jstat", "-gc", String.valueOf(pid));
        if (lines.size() < 2) {
            return OptionalDouble.empty();
        }
        List<String> names = List.of(lines.get(0).trim().split("\\s+", -1));
        List<String> values = List.of(lines.get(1).trim().split("\\s+", -1));
        int at = names.indexOf("GCT");
        return at < 0 ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(values.get(at)));
    }

    private static List<String> run(String tool, String... arguments) {
        Path program = Path.of(System.getProperty("java.home"), "bin", tool);
        if (!Files.isExecutable(program)) {
            return List.of();
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(QUICK_START);
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? lines : List.of();
        } catch (IOException unavailable) {
            return List.of();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}

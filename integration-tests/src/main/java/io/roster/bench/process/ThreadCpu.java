// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.process;

import io.roster.bench.load.BenchException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What some threads of a process have run so far, to the nanosecond, as Linux's scheduler counts it. */
public final class ThreadCpu {

    private ThreadCpu() {}

    /**
     * Milliseconds of all threads whose names begin so; NaN where the system does not say.
     *
     * @param prefix at most 15 characters: Linux keeps no more of a name
     */
    public static double ms(long pid, String prefix) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return Double.NaN;
        }
        double ns = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).startsWith(prefix)) {
                    String[] fields =
                            Files.readString(thread.resolve("schedstat")).split(" ", 2);
                    ns += Double.parseDouble(fields[0]);
                }
            }
        } catch (IOException failure) {
            throw new BenchException("threads of process " + pid, failure);
        }
        return ns / 1e6;
    }
}

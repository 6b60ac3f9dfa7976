// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used of the machine so far, as Linux tells it (proc(5)).
 *
 * @param cpuSeconds processor time, user and system
 * @param rssBytes memory it holds now
 */
public record Usage(double cpuSeconds, long rssBytes) {

    private static final Usage UNKNOWN = new Usage(Double.NaN, 0);

    /** USER_HZ is 100 on every Linux there is for users to see. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields behind the command name, which may itself hold blanks: state is the first, utime and stime are these. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    /** What a process has used; not a number where the system does not say. */
    public static Usage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            double ticks = Double.parseDouble(fields.get(UTIME)) + Double.parseDouble(fields.get(STIME));
            return new Usage(ticks / TICKS_PER_SECOND, rss(pid));
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }

    private static long rss(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1_024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each workload took, and all of them together. */
public final class Times {

    private Times() {}

    /**
     * Lines without line ends.
     *
     * @param seconds all, starts of servers included
     */
    public static List<String> of(List<Result> results, double seconds) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (Result result : results) {
            lines.add(line(result.workload(), result.seconds()));
        }
        lines.add(line("all, with the servers' starts", seconds));
        return lines;
    }

    private static String line(String what, double seconds) {
        return String.format(Locale.ROOT, "%-32s %6.1f s", what, seconds);
    }
}

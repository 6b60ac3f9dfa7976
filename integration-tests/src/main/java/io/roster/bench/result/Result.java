// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one workload has shown.
 *
 * @param parameters what it was run with, for people
 * @param ceiling what it is compared with: a server that does nothing, or itself with less to do; null for nothing
 * @param seconds how long it took, preparations included
 */
public record Result(
        String workload,
        String wire,
        Map<String, String> parameters,
        Series server,
        @Nullable Series ceiling,
        double seconds) {

    /** The server's figures as multiples of those it is compared with; empty if nothing was compared. */
    public Map<Figure, Spread> ratios() {
        return ceiling == null ? Map.of() : server.over(ceiling);
    }
}

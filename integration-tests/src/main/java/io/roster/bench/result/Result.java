// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one workload has shown.
 *
 * @param parameters what it was run with, for people
 * @param ceiling null if nothing was compared
 */
public record Result(
        String workload,
        String wire,
        Map<String, String> parameters,
        Series server,
        @Nullable Series ceiling) {

    /** The server's figures as multiples of the ceiling's; empty if nothing was compared. */
    public Map<Figure, Spread> ratios() {
        return ceiling == null ? Map.of() : server.over(ceiling);
    }
}

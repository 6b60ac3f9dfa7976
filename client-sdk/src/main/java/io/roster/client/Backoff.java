// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: anything up to a bound that doubles with each attempt ("full jitter", so that
 * clients that failed together do not return together).
 */
record Backoff(long firstMs, long maxMs, RandomGenerator random) {
    /** Milliseconds before the attempt of this number, counted from 0. */
    long delayMs(int attempt) {
        long boundMs = attempt < 32 ? Math.min(maxMs, firstMs << attempt) : maxMs;
        return random.nextLong(boundMs + 1);
    }

    /** The same, but no earlier than the server has asked for, nor much later. */
    long delayMs(int attempt, long askedMs) {
        if (askedMs <= 0) {
            return delayMs(attempt);
        }
        long leastMs = Math.min(askedMs, ClientSettings.MAX_GO_AWAY_MS);
        return Math.max(delayMs(attempt), leastMs + random.nextLong(leastMs / 2 + 1));
    }
}

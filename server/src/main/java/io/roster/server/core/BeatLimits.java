// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * How long an instance that lives by heartbeats may be silent.
 *
 * @param intervalMs how often it should beat
 * @param timeoutMs silence after which it is unhealthy
 * @param deleteMs silence after which it is removed
 * @param judged false if its silence is not judged at all
 */
public record BeatLimits(long intervalMs, long timeoutMs, long deleteMs, boolean judged) {

    /** What Nacos clients expect. */
    public static final BeatLimits DEFAULT = new BeatLimits(5_000, 15_000, 30_000, true);
}

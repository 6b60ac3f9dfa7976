// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import io.roster.server.core.BeatLimits;

/** A judgement on one instance that lives by heartbeats. Pure. */
public sealed interface InstanceChecker permits UnhealthyInstanceChecker, ExpiredInstanceChecker {

    /**
     * Whether silence has gone on for long enough to act on.
     *
     * @param limits what the instance is allowed
     * @param silenceMs how long it has been silent
     */
    boolean isDue(BeatLimits limits, long silenceMs);
}

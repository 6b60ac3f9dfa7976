// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import io.roster.server.core.BeatLimits;

/** Silent for as long as its heartbeat timeout (15 s unless it says otherwise): unhealthy. */
public final class UnhealthyInstanceChecker implements InstanceChecker {

    @Override
    public boolean isDue(BeatLimits limits, long silenceMs) {
        return silenceMs >= limits.timeoutMs();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import io.roster.server.core.BeatLimits;

/** Silent for as long as its delete timeout (30 s unless it says otherwise): removed. */
public final class ExpiredInstanceChecker implements InstanceChecker {

    @Override
    public boolean isDue(BeatLimits limits, long silenceMs) {
        return silenceMs >= limits.deleteMs();
    }
}

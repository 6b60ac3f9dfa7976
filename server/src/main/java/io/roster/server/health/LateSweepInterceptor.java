// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/**
 * Holds a round back that is itself late by more than a beat: a server that was not running heard nobody, so the silence
 * may be its own.
 */
public final class LateSweepInterceptor implements HealthCheckInterceptor {

    private final long beatIntervalMs;

    public LateSweepInterceptor(long beatIntervalMs) {
        this.beatIntervalMs = beatIntervalMs;
    }

    @Override
    public Verdict judge(HealthCheckTask task) {
        long lateMs = task.nowMs() - task.plannedAtMs();
        return lateMs <= beatIntervalMs ? Verdict.RUN : Verdict.skip("the round itself is " + lateMs + " ms late");
    }
}

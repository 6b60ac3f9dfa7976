// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/**
 * Holds a round back that is itself late: a server that was not running heard nobody, so the silence may be its own. How
 * late a round may be, the time between two rounds and the time between two beats must together stay below what is taken
 * for silence.
 */
public final class LateSweepInterceptor implements HealthCheckInterceptor {

    private final long mostLateMs;

    public LateSweepInterceptor(long mostLateMs) {
        this.mostLateMs = mostLateMs;
    }

    @Override
    public Verdict judge(HealthCheckTask task) {
        long lateMs = task.nowMs() - task.plannedAtMs();
        return lateMs <= mostLateMs ? Verdict.RUN : Verdict.skip("the round itself is " + lateMs + " ms late");
    }
}

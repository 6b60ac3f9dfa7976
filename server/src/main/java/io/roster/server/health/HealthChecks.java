// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import io.roster.server.core.BeatLimits;
import io.roster.server.core.RegistryShard;
import io.roster.server.loop.EventLoop;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The timer of one shard that starts a round of health checks every period. Thread: the shard's loop. */
public final class HealthChecks {

    private final RegistryShard shard;
    private final HealthCheckTaskInterceptWrapper wrapper;
    private final ExpiredInstanceChecker expired = new ExpiredInstanceChecker();
    private final UnhealthyInstanceChecker unhealthy = new UnhealthyInstanceChecker();
    private final long periodMs;
    private final long listeningSinceMs;
    private long nextRoundMs;

    private HealthChecks(RegistryShard shard, HealthCheckTaskInterceptWrapper wrapper, long periodMs) {
        this.shard = shard;
        this.wrapper = wrapper;
        this.periodMs = periodMs;
        this.listeningSinceMs = shard.loop().nowMs();
        this.nextRoundMs = listeningSinceMs + periodMs;
    }

    /**
     * Starts the rounds.
     *
     * @param periodMs from one round to the next
     * @param enabled asked before each round
     */
    public static EventLoop.Timer start(RegistryShard shard, long periodMs, BeatLimits beats, BooleanSupplier enabled) {
        HealthCheckTaskInterceptWrapper wrapper = new HealthCheckTaskInterceptWrapper(List.of(
                new HealthCheckEnableInterceptor(enabled),
                new WarmUpInterceptor(beats.intervalMs()),
                new LateSweepInterceptor(beats.intervalMs() / 2)));
        HealthChecks checks = new HealthChecks(shard, wrapper, periodMs);
        return shard.loop().every(periodMs, checks::round);
    }

    private void round() {
        BeatCheckTask task = new BeatCheckTask(shard, expired, unhealthy, nextRoundMs, listeningSinceMs);
        nextRoundMs = shard.loop().nowMs() + periodMs;
        shard.passLosses(periodMs);
        wrapper.run(task);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import io.roster.server.core.Fate;
import io.roster.server.core.Registration;
import io.roster.server.core.RegistryShard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round over one shard: expired instances first, then unhealthy ones. Runs on the shard's loop. */
final class BeatCheckTask implements HealthCheckTask {

    private static final Logger log = LoggerFactory.getLogger(BeatCheckTask.class);

    private final RegistryShard shard;
    private final ExpiredInstanceChecker expired;
    private final UnhealthyInstanceChecker unhealthy;
    private final long plannedAtMs;
    private final long nowMs;
    private final long listeningSinceMs;

    BeatCheckTask(
            RegistryShard shard,
            ExpiredInstanceChecker expired,
            UnhealthyInstanceChecker unhealthy,
            long plannedAtMs,
            long listeningSinceMs) {
        this.shard = shard;
        this.expired = expired;
        this.unhealthy = unhealthy;
        this.plannedAtMs = plannedAtMs;
        this.nowMs = shard.loop().nowMs();
        this.listeningSinceMs = listeningSinceMs;
    }

    @Override
    public String name() {
        return "heartbeats";
    }

    @Override
    public long plannedAtMs() {
        return plannedAtMs;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long listeningSinceMs() {
        return listeningSinceMs;
    }

    @Override
    public void run() {
        shard.sweep(this::judge);
    }

    /** Silence that nobody judged may have been the server's own: it starts anew for all. */
    @Override
    public void onSkipped(Verdict.Skip skip) {
        log.info("health check {} skipped: {}", name(), skip.reason());
        shard.forgiveSilence();
    }

    private Fate judge(Registration registration, boolean serviceChecked, long silenceMs) {
        if (!serviceChecked || !registration.limits().judged()) {
            return Fate.KEEP;
        }
        if (expired.isDue(registration.limits(), silenceMs)) {
            return Fate.REMOVE;
        }
        return unhealthy.isDue(registration.limits(), silenceMs) ? Fate.MARK_UNHEALTHY : Fate.KEEP;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import java.util.ArrayList;
import java.util.List;

/** A health-check task that only notes what became of it. */
final class NotedTask implements HealthCheckTask {

    private final long plannedAtMs;
    private final long nowMs;
    private final long listeningSinceMs;
    private final List<String> fates = new ArrayList<>();

    NotedTask(long plannedAtMs, long nowMs, long listeningSinceMs) {
        this.plannedAtMs = plannedAtMs;
        this.nowMs = nowMs;
        this.listeningSinceMs = listeningSinceMs;
    }

    List<String> fates() {
        return fates;
    }

    @Override
    public String name() {
        return "test";
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
    public void onSkipped(Verdict.Skip skip) {
        fates.add("skipped: " + skip.reason());
    }

    @Override
    public void run() {
        fates.add("ran");
    }
}

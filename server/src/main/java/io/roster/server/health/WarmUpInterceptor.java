// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/** Holds rounds back while the server has not listened for as long as silence is allowed: it cannot know who is silent. */
public final class WarmUpInterceptor implements HealthCheckInterceptor {

    private final long warmUpMs;

    public WarmUpInterceptor(long warmUpMs) {
        this.warmUpMs = warmUpMs;
    }

    @Override
    public Verdict judge(HealthCheckTask task) {
        long listeningMs = task.nowMs() - task.listeningSinceMs();
        return listeningMs >= warmUpMs
                ? Verdict.RUN
                : Verdict.skip("the server has listened for only " + listeningMs + " of " + warmUpMs + " ms");
    }
}

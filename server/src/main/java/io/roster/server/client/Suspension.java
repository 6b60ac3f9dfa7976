// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import io.roster.server.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody holds a client, which it outlives if a stream takes it over before the time is up. Guarded by the
 * client's monitor.
 */
final class Suspension {

    private final long sinceMs;
    private final long graceMs;
    private EventLoop.@Nullable Timer timer;
    private boolean over;

    Suspension(long sinceMs, long graceMs) {
        this.sinceMs = sinceMs;
        this.graceMs = graceMs;
    }

    /** When the last stream broke, on the server's monotonic clock. */
    long sinceMs() {
        return sinceMs;
    }

    long graceMs() {
        return graceMs;
    }

    /** What ends it in time; cancelled at once if it is over already. */
    void endedBy(EventLoop.Timer running) {
        timer = running;
        if (over) {
            running.cancel();
        }
    }

    void end() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}

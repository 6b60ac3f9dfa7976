// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import io.roster.server.loop.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the server itself stood still: stopped, swapped out, starved. Clients that gave it up meanwhile are not to be
 * blamed, so for a while afterwards a stream that breaks leaves its client time to come back, whatever it asked for.
 *
 * <p>It knows only the loops' monotonic clock; setting the wall clock is no pause. Thread: any.
 */
public final class Pauses {

    private static final Logger log = LoggerFactory.getLogger(Pauses.class);

    private static final long TICK_MS = 500;

    /** Clients wait for longer than this before they give a server up. */
    private static final long PAUSE_MS = 2_000;

    private final Map<EventLoop, Pulse> pulses = new HashMap<>();
    private final long forgivenMs;
    private volatile boolean forgiving;
    private volatile long untilMs;

    /** When a loop was last seen running. Written by its loop. */
    private static final class Pulse {
        private volatile long lastMs;
    }

    /**
     * @param loops those that must not stand still
     * @param forgivenMs how long clients have to come back after a pause
     */
    public Pauses(List<? extends EventLoop> loops, long forgivenMs) {
        this.forgivenMs = forgivenMs;
        for (EventLoop loop : loops) {
            Pulse pulse = new Pulse();
            pulse.lastMs = loop.nowMs();
            pulses.put(loop, pulse);
            loop.every(TICK_MS, () -> look(pulse, loop.nowMs()));
        }
    }

    /**
     * How long a client has to come back whose stream breaks now: 0 if the server is not to blame. What broke meanwhile may
     * be read before the loop's own timers run, so it is here that a pause is noticed first.
     *
     * @param loop where the break was noticed
     */
    long forgivenMs(EventLoop loop) {
        long nowMs = loop.nowMs();
        Pulse pulse = pulses.get(loop);
        if (pulse != null) {
            look(pulse, nowMs);
        }
        return forgiving && nowMs < untilMs ? forgivenMs : 0;
    }

    private void look(Pulse pulse, long nowMs) {
        long stoodMs = nowMs - pulse.lastMs - TICK_MS;
        pulse.lastMs = nowMs;
        if (stoodMs >= PAUSE_MS) {
            log.warn(
                    "the server stood still for {} ms: clients that gave it up have {} ms to come back",
                    stoodMs,
                    forgivenMs);
            untilMs = nowMs + forgivenMs;
            forgiving = true;
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time after a start in which clients of the life before may not have returned yet: what is missing from a list may only
 * be late. It ends after its full length, or earlier once clients have come and for half of that length no further one has:
 * those that look for a server wait up to 5 s between two attempts, so less would be too hasty with the default of 10 s.
 *
 * <p>Thread: any; it ends on its loop.
 */
public final class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private static final int LOOKS = 40;

    private final EventLoop loop;
    private final LongSupplier arrivals;
    private final long startMs;
    private final long mostMs;
    private final EventLoop.Timer timer;
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean settled;

    /** Confined to the loop, like the next. */
    private long seen;

    private long seenMs;

    private Settling(EventLoop loop, long mostMs, LongSupplier arrivals) {
        this.loop = loop;
        this.arrivals = arrivals;
        this.mostMs = mostMs;
        this.startMs = loop.nowMs();
        this.seenMs = startMs;
        this.settled = mostMs == 0;
        this.timer = loop.every(Math.max(1, mostMs / LOOKS), this::look);
        if (settled) {
            timer.cancel();
        }
    }

    /**
     * Begins to settle.
     *
     * @param mostMs how long it lasts at most; 0: not at all
     * @param arrivals how many clients have come since the start
     */
    public static Settling begin(EventLoop loop, long mostMs, LongSupplier arrivals) {
        return new Settling(loop, mostMs, arrivals);
    }

    /** Whether whoever has not returned is not expected any more. */
    public boolean isSettled() {
        return settled;
    }

    /** How long it may still last: 0 once settled, else at least 1. */
    public long remainingMs() {
        return settled ? 0 : Math.max(1, startMs + mostMs - loop.nowMs());
    }

    /** Runs a task once settled: on the loop, or at once if that is so already. It must not block. */
    public void whenSettled(Runnable task) {
        synchronized (waiting) {
            if (!settled) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    private void look() {
        long nowMs = loop.nowMs();
        long now = arrivals.getAsLong();
        if (now != seen) {
            seen = now;
            seenMs = nowMs;
        }
        boolean isQuiet = seen > 0 && nowMs - seenMs >= mostMs / 2;
        if (isQuiet || nowMs - startMs >= mostMs) {
            end(nowMs);
        }
    }

    private void end(long nowMs) {
        timer.cancel();
        List<Runnable> tasks;
        synchronized (waiting) {
            settled = true;
            tasks = List.copyOf(waiting);
            waiting.clear();
        }
        log.info("settled {} ms after the start: {} clients have come", nowMs - startMs, seen);
        tasks.forEach(Runnable::run);
    }
}

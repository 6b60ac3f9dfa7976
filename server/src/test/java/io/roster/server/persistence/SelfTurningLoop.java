// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import io.roster.server.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** A loop that does at once, on the caller's thread, what it is given; only its clock is turned by hand. */
final class SelfTurningLoop implements EventLoop {

    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private boolean running;
    private long nowMs = 1_000_000;

    /** A timer that runs again if it has a period. */
    private record Due(long atMs, long periodMs, Runnable command) {}

    void advance(long ms) {
        long until = nowMs + ms;
        while (true) {
            Due next = timers.stream()
                    .filter(due -> due.atMs <= until)
                    .min(Comparator.comparingLong(Due::atMs))
                    .orElse(null);
            if (next == null) {
                nowMs = until;
                return;
            }
            nowMs = Math.max(nowMs, next.atMs);
            timers.remove(next);
            if (next.periodMs > 0) {
                timers.add(new Due(nowMs + next.periodMs, next.periodMs, next.command));
            }
            execute(next.command);
        }
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public void execute(Runnable command) {
        mailbox.add(command);
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
                next.run();
            }
        } finally {
            running = false;
        }
    }

    @Override
    public boolean offer(Runnable command) {
        execute(command);
        return true;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        return start(new Due(nowMs + delayMs, 0, command));
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        return start(new Due(nowMs + periodMs, periodMs, command));
    }

    private Timer start(Due due) {
        timers.add(due);
        return () -> timers.remove(due);
    }
}

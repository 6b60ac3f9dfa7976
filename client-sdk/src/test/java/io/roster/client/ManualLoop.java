// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A loop that the test turns by hand, with a clock that only the test moves. */
final class ManualLoop implements Loop {
    private record Due(long atMs, long number, Runnable task) {}

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
    private long nowMs;
    private long number;
    private boolean isRunning;

    @Override
    public boolean execute(Runnable task) {
        tasks.add(task);
        return true;
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        Due due = new Due(nowMs + delayMs, number++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public boolean inLoop() {
        return isRunning;
    }

    /** Runs all that is to be done now. */
    void run() {
        isRunning = true;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        isRunning = false;
    }

    /** Moves the clock, stopping at each timer on the way. */
    void advance(long ms) {
        long endMs = nowMs + ms;
        run();
        for (@Nullable Due due = timers.peek(); due != null && due.atMs() <= endMs; due = timers.peek()) {
            timers.remove(due);
            nowMs = due.atMs();
            execute(due.task());
            run();
        }
        nowMs = endMs;
    }

    int timers() {
        return timers.size();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * A loop that a test turns by hand: nothing runs and no time passes unless the test says so. Made by {@link ManualLoops}.
 * A command that throws fails the test. One thread.
 */
public final class ManualEventLoop implements EventLoop {

    private final LongSupplier clock;
    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final List<Due> timers = new ArrayList<>();
    private int mailboxLimit = Integer.MAX_VALUE;
    private boolean running;

    ManualEventLoop(LongSupplier clock) {
        this.clock = clock;
    }

    /** Has offers be refused while this many commands wait. */
    public void mailboxLimit(int most) {
        mailboxLimit = most;
    }

    /** How many commands wait. */
    public int waiting() {
        return mailbox.size();
    }

    /** How many timers would still run. */
    public int timers() {
        return timers.size();
    }

    /** Runs the command that waited longest; false if none waits. */
    public boolean step() {
        Runnable command = mailbox.poll();
        if (command == null) {
            return false;
        }
        running = true;
        try {
            command.run();
        } finally {
            running = false;
        }
        return true;
    }

    /** Runs a command as if it had arrived on this loop, and all that follows from it. */
    public void runHere(Runnable command) {
        execute(command);
        runUntilIdle();
    }

    public void runUntilIdle() {
        boolean more = true;
        while (more) {
            more = step();
        }
    }

    /** When the next timer is due, or {@code Long.MAX_VALUE}. */
    long nextDueMs() {
        return timers.stream().mapToLong(due -> due.atMs).min().orElse(Long.MAX_VALUE);
    }

    /** Posts the timers that are due now. */
    void fire() {
        List<Due> due = timers.stream()
                .filter(each -> each.atMs <= nowMs())
                .sorted(Comparator.comparingLong(each -> each.atMs))
                .toList();
        timers.removeAll(due);
        due.forEach(each -> execute(each::run));
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public void execute(Runnable command) {
        mailbox.add(command);
    }

    @Override
    public boolean offer(Runnable command) {
        return mailbox.size() < mailboxLimit && mailbox.add(command);
    }

    @Override
    public long nowMs() {
        return clock.getAsLong();
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        return start(new Due(nowMs() + delayMs, 0, command));
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        return start(new Due(nowMs() + periodMs, periodMs, command));
    }

    private Timer start(Due due) {
        timers.add(due);
        return due;
    }

    /** A pending timer; a period of 0 means that it runs once. */
    private final class Due implements Timer {

        private final long periodMs;
        private final Runnable command;
        private long atMs;
        private boolean cancelled;

        Due(long atMs, long periodMs, Runnable command) {
            this.atMs = atMs;
            this.periodMs = periodMs;
            this.command = command;
        }

        void run() {
            if (cancelled) {
                return;
            }
            command.run();
            if (periodMs > 0 && !cancelled) {
                atMs = nowMs() + periodMs;
                timers.add(this);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            timers.remove(this);
        }
    }
}

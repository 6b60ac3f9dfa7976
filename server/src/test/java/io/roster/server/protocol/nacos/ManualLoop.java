// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop turned by hand: commands run when told to, and time passes when told to. */
final class ManualLoop implements EventLoop {

    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(alarm -> alarm.atMs));
    private long nowMs = 1_000;

    private static final class Alarm {
        private final Runnable command;
        private final long periodMs;
        private long atMs;
        private boolean cancelled;

        Alarm(Runnable command, long atMs, long periodMs) {
            this.command = command;
            this.atMs = atMs;
            this.periodMs = periodMs;
        }
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable command) {
        mailbox.add(command);
    }

    @Override
    public boolean offer(Runnable command) {
        mailbox.add(command);
        return true;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        return alarm(new Alarm(command, nowMs + delayMs, 0));
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        return alarm(new Alarm(command, nowMs + periodMs, periodMs));
    }

    private Timer alarm(Alarm alarm) {
        alarms.add(alarm);
        return () -> alarm.cancelled = true;
    }

    /** Does all that has arrived. */
    void run() {
        for (Runnable command = mailbox.poll(); command != null; command = mailbox.poll()) {
            command.run();
        }
    }

    /** Lets time pass. */
    void pass(long ms) {
        run();
        long until = nowMs + ms;
        for (Alarm next = alarms.peek(); next != null && next.atMs <= until; next = alarms.peek()) {
            alarms.remove(next);
            nowMs = next.atMs;
            if (!next.cancelled) {
                next.command.run();
                run();
                if (next.periodMs > 0) {
                    next.atMs += next.periodMs;
                    alarms.add(next);
                }
            }
        }
        nowMs = until;
        run();
    }

    /** Lets time pass without doing anything meanwhile, as a machine that stands still does. */
    void freeze(long ms) {
        nowMs += ms;
        alarms.forEach(alarm -> alarm.atMs = Math.max(alarm.atMs, nowMs));
    }
}

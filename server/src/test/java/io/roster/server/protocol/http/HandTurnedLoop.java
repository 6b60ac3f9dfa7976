// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A loop without a thread: the test runs it, and says what time it is. */
final class HandTurnedLoop implements EventLoop {

    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private long nowMs;

    private static final class Repeated {

        private final Runnable command;
        private final long periodMs;
        private long nextMs;

        Repeated(Runnable command, long periodMs, long nextMs) {
            this.command = command;
            this.periodMs = periodMs;
            this.nextMs = nextMs;
        }
    }

    /** Does what has arrived. */
    void run() {
        for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.run();
        }
    }

    /** Lets time pass, timers included. */
    void pass(long ms) {
        for (long end = nowMs + ms; nowMs < end; nowMs++) {
            for (Repeated each : List.copyOf(repeated)) {
                if (each.nextMs <= nowMs) {
                    each.nextMs += each.periodMs;
                    each.command.run();
                }
            }
            run();
        }
    }

    int timers() {
        return repeated.size();
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
        return mailbox.add(command);
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        Repeated timer = new Repeated(command, periodMs, nowMs + periodMs);
        repeated.add(timer);
        return () -> repeated.remove(timer);
    }
}

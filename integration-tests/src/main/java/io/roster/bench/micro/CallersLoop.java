// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.micro;

import io.roster.server.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/** A loop that is its caller's thread: what was posted runs when the caller turns it. Used by one thread. */
final class CallersLoop implements EventLoop {

    private static final Timer NEVER = () -> {};

    private final Queue<Runnable> mailbox = new ArrayDeque<>();

    /** Does all that was posted. */
    void turn() {
        for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.run();
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
        return mailbox.add(command);
    }

    @Override
    public long nowMs() {
        return 0;
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        return NEVER;
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        return NEVER;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of messages that have begun and not ended may wait in memory, over all connections of a port. Without it,
 * peers that begin messages and never end them fill the memory, and every connection suffers. Small ones are always let
 * in, so that nobody who uses up the budget keeps others from registering or beating. Thread: any.
 */
public final class InboundBudget {

    /** About what a call costs anyway. */
    public static final int SMALL_BYTES = 4_096;

    private final AtomicLong held = new AtomicLong();
    private final long mostBytes;

    /** A budget of which nothing is used. */
    public InboundBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Takes more for one message, or leaves it if there is not so much.
     *
     * @param bytes more for it
     * @param before what it has taken before
     * @return whether it was taken
     */
    public boolean take(long bytes, long before) {
        if (held.addAndGet(bytes) > mostBytes && before + bytes > SMALL_BYTES) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives back what was taken for a message. */
    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** How much is taken. */
    public long held() {
        return held.get();
    }

    public long mostBytes() {
        return mostBytes;
    }
}

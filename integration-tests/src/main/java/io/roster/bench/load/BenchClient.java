// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import io.roster.bench.wire.Link;
import io.roster.bench.wire.LinkListener;
import io.roster.bench.wire.Wire;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client of a registry: a link, and who waits for which answer on it. Confined to the link's loop, but for the methods
 * that say otherwise.
 */
public final class BenchClient implements LinkListener {

    private final int number;
    private final Link link;
    private final Consumer<String> onBroken;
    private final @Nullable Answered[] waiting = new @Nullable Answered[Wire.MAX_SLOTS + 1];
    private final long[] sinceNs = new long[Wire.MAX_SLOTS + 1];
    private final byte[] free = new byte[Wire.MAX_SLOTS];
    private int freeCount;

    /** As long as a workload has one client ask at once, which is little. */
    private final Queue<Runnable> backlog = new ArrayDeque<>();

    private volatile PushListener pushes = PushListener.NONE;
    private volatile boolean expectsEnd;

    /**
     * @param number tells it from the other clients of the same server
     * @param depth how many requests can be under way
     * @param onBroken told why the link ended, if it was not meant to
     */
    BenchClient(int number, int depth, Function<LinkListener, Link> connect, Consumer<String> onBroken) {
        this.number = number;
        this.onBroken = onBroken;
        for (int slot = depth; slot >= 1; slot--) {
            free[freeCount++] = (byte) slot;
        }
        this.link = connect.apply(this);
    }

    /** Any thread. */
    public int number() {
        return number;
    }

    /** Runs something on the client's loop. Any thread. */
    public void execute(Runnable command) {
        link.loop().execute(command);
    }

    /** Any thread. */
    public Link link() {
        return link;
    }

    /** Who hears pushes from now on. Any thread. */
    public void pushesTo(PushListener listener) {
        pushes = listener;
    }

    /** Whether one more request can be under way. */
    boolean hasRoom() {
        return freeCount > 0;
    }

    /**
     * Sends a request.
     *
     * @return false if as many requests are under way as the wire can tell apart; nothing was sent
     */
    public boolean request(byte[] request, long dueNs, Answered answered) {
        if (freeCount == 0) {
            return false;
        }
        int slot = free[--freeCount];
        waiting[slot] = answered;
        sinceNs[slot] = dueNs;
        link.send(request, slot);
        return true;
    }

    /** Sends a request as soon as there is room for it. */
    public void requestInTurn(byte[] request, long dueNs, Answered answered) {
        if (!request(request, dueNs, answered)) {
            backlog.add(() -> request(request, dueNs, answered));
        }
    }

    @Override
    public void onReply(int slot, byte[] message) {
        Answered answered = waiting[slot];
        if (answered == null) {
            onBroken.accept("client " + number + ": an answer to a request that was not made, slot " + slot);
            return;
        }
        waiting[slot] = null;
        free[freeCount++] = (byte) slot;
        answered.onAnswer(this, sinceNs[slot], message);
        while (freeCount > 0 && !backlog.isEmpty()) {
            backlog.remove().run();
        }
    }

    @Override
    public void onPush(byte[] message) {
        pushes.onPush(this, message);
    }

    @Override
    public void onEnd(String reason) {
        if (!expectsEnd) {
            onBroken.accept("client " + number + ": " + reason);
        }
    }

    /** Ends well. Any thread. */
    public void close() {
        expectsEnd = true;
        link.close();
    }

    /** Ends with a TCP reset. Any thread. */
    public void reset() {
        expectsEnd = true;
        link.reset();
    }

    /** Goes silent without ending. Any thread. */
    public void freeze() {
        expectsEnd = true;
        link.freeze();
    }
}

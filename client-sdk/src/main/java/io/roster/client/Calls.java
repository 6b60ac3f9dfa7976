// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for an answer, in the order in which they were made. Any thread may {@link #submit}; all else
 * belongs to the loop.
 */
final class Calls implements SessionUser {
    private final Loop loop;
    private final long timeoutMs;
    private final Supplier<ServerStatus> status;
    /** Submitted and unanswered, at most MAX_WAITING_CALLS; counted at the door, so that it bounds the loop's queue. */
    private final AtomicInteger admitted = new AtomicInteger();

    private final Set<Call<?>> waiting = new LinkedHashSet<>();
    private @Nullable Session session;
    private boolean isClosed;

    Calls(Loop loop, long timeoutMs, Supplier<ServerStatus> status) {
        this.loop = loop;
        this.timeoutMs = timeoutMs;
        this.status = status;
    }

    /** The answer is complete after the timeout at the latest. */
    <T> CompletableFuture<T> submit(Call<T> call) {
        if (admitted.incrementAndGet() > ClientSettings.MAX_WAITING_CALLS) {
            admitted.decrementAndGet();
            return CompletableFuture.failedFuture(new RosterException(
                    RosterException.Code.RESOURCE_EXHAUSTED,
                    call.what() + ": " + ClientSettings.MAX_WAITING_CALLS + " operations wait already"));
        }
        if (!loop.execute(() -> start(call))) {
            admitted.decrementAndGet();
            return CompletableFuture.failedFuture(closed(call));
        }
        return call.answer();
    }

    /** Fails what waits, and whatever is submitted from now on. */
    void close() {
        isClosed = true;
        List.copyOf(waiting).forEach(call -> call.fail(closed(call)));
    }

    @Override
    public void onReady(Session ready) {
        session = ready;
        List.copyOf(waiting).forEach(call -> call.sendOn(ready));
    }

    @Override
    public void onLost() {
        session = null;
    }

    private void start(Call<?> call) {
        Loop.Timer timer = loop.schedule(timeoutMs, () -> call.fail(timeout(call)));
        waiting.add(call);
        var unused = call.answer().whenComplete((answer, failure) -> {
            timer.cancel();
            waiting.remove(call);
            admitted.decrementAndGet();
        });
        if (isClosed) {
            call.fail(closed(call));
            return;
        }
        try {
            call.begin();
            if (session != null && !call.answer().isDone()) {
                call.sendOn(session);
            }
        } catch (RuntimeException e) {
            call.fail(new RosterException(RosterException.Code.INTERNAL, call.what() + ": " + e, null, e));
        }
    }

    private RosterException timeout(Call<?> call) {
        return new RosterException(
                RosterException.Code.TIMEOUT,
                call.what() + ": no answer within " + timeoutMs + " ms; "
                        + status.get().inWords());
    }

    private static RosterException closed(Call<?> call) {
        return new RosterException(RosterException.Code.CLOSED, call.what() + ": the client is closed");
    }
}

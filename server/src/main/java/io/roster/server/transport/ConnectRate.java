// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many streams may begin a second: a token bucket, kept as the moment at which it will be full again (the generic cell
 * rate algorithm, ITU-T I.371). Those who are refused are told to come at moments one after the other, at the same rate, so
 * that they do not all return at once. Thread: any.
 */
public final class ConnectRate {

    /** A restart of everything that one server holds is no flood; an endless storm of connects is. */
    private static final int BURST_SECONDS = 5;

    /** Nobody is sent away for longer, however many were before. */
    private static final long MAX_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final long interval;
    private final long burst;

    /** When the bucket is full again. */
    private final AtomicLong full;

    /** When the next one who is refused may come back. */
    private final AtomicLong promised;

    /**
     * @param perSecond at least 1; five times as many may begin at once
     */
    public ConnectRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.interval = Math.max(1, TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.burst = TimeUnit.SECONDS.toNanos(BURST_SECONDS);
        this.full = new AtomicLong(nanoTime.getAsLong());
        this.promised = new AtomicLong(nanoTime.getAsLong());
    }

    long now() {
        return nanoTime.getAsLong();
    }

    int perSecond() {
        return perSecond;
    }

    /**
     * Takes a token.
     *
     * @return 0, or in how many milliseconds to try again
     */
    long tryEnter() {
        long now = nanoTime.getAsLong();
        while (true) {
            long before = full.get();
            long after = later(before, now) + interval;
            if (after - now > burst) {
                return refused(now);
            }
            if (full.compareAndSet(before, after)) {
                return 0;
            }
        }
    }

    private long refused(long now) {
        long at = promised.updateAndGet(before -> {
            long next = later(before, now) + interval;
            return next - now > MAX_RETRY_NANOS ? now + MAX_RETRY_NANOS : next;
        });
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(at - now));
    }

    /** Of two moments of a clock that may overflow. */
    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}

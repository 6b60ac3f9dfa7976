// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Counts what is refused. Many are refused at once, or none: a line a second is enough to say so. Thread: any. */
final class Refusals {

    private final Logger log;
    private final String what;

    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong count = new AtomicLong();

    /** When it was last said; 0 before the first. */
    private final AtomicLong saidAt = new AtomicLong();

    private final LongSupplier nanoTime;

    /**
     * None yet.
     *
     * @param what is refused, and how, for people
     * @param nanoTime a monotonic clock
     */
    Refusals(Logger log, String what, LongSupplier nanoTime) {
        this.log = log;
        this.what = what;
        this.nanoTime = nanoTime;
    }

    /** Counts one. */
    void add(String from, @Nullable String reason) {
        long refused = count.incrementAndGet();
        long now = nanoTime.getAsLong();
        long before = saidAt.get();
        boolean isDue = before == 0 || now - before > SAY_EVERY_NANOS;
        if (isDue && saidAt.compareAndSet(before, now | 1)) {
            log.warn("{} {} since the start; now one from {}: {}", refused, what, from, reason);
        }
    }

    long count() {
        return count.get();
    }
}

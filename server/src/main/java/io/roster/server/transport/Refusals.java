// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts what is refused. Many are refused at once, or none: a line a second is enough to say so. Thread: any. */
final class Refusals {

    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong count = new AtomicLong();

    /** When it was last said; 0 before the first. */
    private final AtomicLong saidAt = new AtomicLong();

    private final LongSupplier nanoTime;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts one.
     *
     * @return how many there are if it is time to say so, else 0
     */
    long add() {
        long refused = count.incrementAndGet();
        long now = nanoTime.getAsLong();
        long before = saidAt.get();
        boolean isDue = before == 0 || now - before > SAY_EVERY_NANOS;
        return isDue && saidAt.compareAndSet(before, now | 1) ? refused : 0;
    }

    long count() {
        return count.get();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.convergence;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What a server was caught at: all are counted, the first few kept in words. Thread: any. */
public final class Violations {

    private static final int KEPT = 10;

    private final AtomicLong count = new AtomicLong();
    private final Queue<String> first = new ConcurrentLinkedQueue<>();

    public void add(String violation) {
        if (count.getAndIncrement() < KEPT) {
            first.add(violation);
        }
    }

    public long count() {
        return count.get();
    }

    public List<String> first() {
        return List.copyOf(first);
    }
}

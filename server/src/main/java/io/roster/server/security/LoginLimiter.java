// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts what went wrong lately, by whom: each has a bucket of attempts that fills up again with time. Past its bound the one
 * that was quiet for longest is forgotten. Thread: any.
 */
final class LoginLimiter {

    private final int burst;
    private final long refillMs;
    private final LongSupplier nowMs;
    private final Map<String, Bucket> buckets;

    /** How many attempts were left, and when that was so. */
    private record Bucket(int left, long sinceMs) {}

    /**
     * @param burst failures that are let pass at once
     * @param refillMs after how long one more is let pass
     * @param most how many are remembered
     */
    LoginLimiter(int burst, long refillMs, int most, LongSupplier nowMs) {
        this.burst = burst;
        this.refillMs = refillMs;
        this.nowMs = nowMs;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    /** How long this one has to wait before the next attempt; 0 for not at all. */
    synchronized long waitMs(String who) {
        Bucket bucket = now(who);
        return bucket.left() > 0 ? 0 : refillMs - (nowMs.getAsLong() - bucket.sinceMs());
    }

    synchronized void failed(String who) {
        Bucket bucket = now(who);
        buckets.put(who, new Bucket(Math.max(0, bucket.left() - 1), bucket.sinceMs()));
    }

    private Bucket now(String who) {
        long now = nowMs.getAsLong();
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            return new Bucket(burst, now);
        }
        long refilled = (now - bucket.sinceMs()) / refillMs;
        return bucket.left() + refilled >= burst
                ? new Bucket(burst, now)
                : new Bucket((int) (bucket.left() + refilled), bucket.sinceMs() + refilled * refillMs);
    }

    synchronized int size() {
        return buckets.size();
    }
}

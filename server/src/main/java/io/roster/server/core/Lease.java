// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * The sign of life that one or many claims share: a stream beats once for all it keeps alive, whatever their number.
 *
 * <p>Thread: any may beat; the shards read. Both fields are volatile: a shard that judges a claim sets {@code lapsed} and
 * then looks at the last beat again, a beat stamps and then looks at {@code lapsed}, so one of the two sees the other.
 */
public final class Lease {

    private volatile long lastBeatMs;
    private volatile boolean lapsed;

    /** Whether it is from an earlier life of the server and has not been heard in this one. */
    private volatile boolean awaited;

    public Lease(long nowMs) {
        this.lastBeatMs = nowMs;
    }

    /** The lease of a claim from an earlier life of the server. */
    public static Lease awaited(long nowMs) {
        Lease lease = new Lease(nowMs);
        lease.awaited = true;
        return lease;
    }

    /** Says "still here" for one claim; whether others need a beat of their own is left for {@link #beat} to say. */
    public void stamp(long nowMs) {
        lastBeatMs = nowMs;
        if (awaited) {
            awaited = false;
        }
    }

    /**
     * Says "still here" for all claims under this lease.
     *
     * @return false if a claim under this lease was judged silent since the last call: each claim needs a beat of its own
     */
    public boolean beat(long nowMs) {
        lastBeatMs = nowMs;
        if (!lapsed) {
            return true;
        }
        lapsed = false;
        return false;
    }

    boolean isAwaited() {
        return awaited;
    }

    long lastBeatMs() {
        return lastBeatMs;
    }

    void lapse() {
        lapsed = true;
    }
}

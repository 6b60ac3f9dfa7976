// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import io.roster.bench.wire.Link;
import io.roster.bench.wire.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/**
 * What one round has counted: each loop counts for itself, so that counting costs no one a shared cache line. Read it when
 * the round is over.
 */
public final class Tally {

    private static final long LONGEST_NS = 120_000_000_000L;
    private static final int DIGITS = 3;

    private final Wire wire;
    private final Map<Object, Sheet> sheets = new ConcurrentHashMap<>();

    public Tally(Wire wire) {
        this.wire = wire;
    }

    /** The sheet of a link's loop. Any thread. */
    public Sheet sheet(Link link) {
        return sheets.computeIfAbsent(link.loop(), loop -> new Sheet(wire));
    }

    /** All latencies, nanoseconds. */
    public Histogram latency() {
        Histogram sum = new Histogram(LONGEST_NS, DIGITS);
        sheets.values().forEach(sheet -> sum.add(sheet.latency));
        return sum;
    }

    /** Requests that were done. */
    public long done() {
        return sheets.values().stream().mapToLong(sheet -> sheet.done).sum();
    }

    /** Requests that were refused. */
    public long refused() {
        return sheets.values().stream().mapToLong(sheet -> sheet.refused).sum();
    }

    /** One loop's part. Confined to the loop while the round lasts. */
    public static final class Sheet {

        private final Wire wire;
        private final Histogram latency = new Histogram(LONGEST_NS, DIGITS);
        private long done;
        private long refused;

        private Sheet(Wire wire) {
            this.wire = wire;
        }

        /** Notes an answer. */
        public void answer(long latencyNs, byte[] reply) {
            time(latencyNs);
            if (wire.isDone(reply)) {
                done++;
            } else {
                refused++;
            }
        }

        /** Notes something that was told unasked. */
        public void told(long latencyNs) {
            time(latencyNs);
            done++;
        }

        /** Notes how long something took that no reply belongs to. */
        public void time(long latencyNs) {
            latency.recordValue(Math.min(Math.max(latencyNs, 0), LONGEST_NS));
        }
    }
}

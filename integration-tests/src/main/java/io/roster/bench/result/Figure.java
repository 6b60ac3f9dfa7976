// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

/** What a round can show. The order is that of the table. */
public enum Figure {
    RATE("operations", "1/s"),
    P50("latency p50", "us"),
    P90("latency p90", "us"),
    P99("latency p99", "us"),
    P999("latency p99.9", "us"),
    MAX("latency max", "us"),
    LAST_P50("last one told, p50", "us"),
    LAST_MAX("last one told, max", "us"),
    TIME("time", "ms"),
    SERVER_CPU_PER_OPERATION("server CPU per operation", "us"),
    SERVER_CPU("server CPU", "cores"),
    CLIENT_CPU("client CPU", "cores"),
    CLIENT_SHARE("client's share of all CPU", "%"),
    SENT_PER_OPERATION("bytes to server per operation", "B"),
    RECEIVED_PER_OPERATION("bytes to clients per operation", "B"),
    HEAP_PER_INSTANCE("heap per instance", "B"),
    HEAP_PER_BEATING("heap per instance that beats", "B"),
    SWEEP_CPU("loop CPU in 5 s of sweeping", "ms"),
    HEAP_PER_STREAM("heap per stream", "B"),
    RSS_PER_STREAM("RSS per stream", "B"),
    RSS("server RSS", "MiB"),
    HEAP("server heap after GC", "MiB"),
    COLLECTION("server GC share", "%"),
    STARTUP_CPU("CPU until serving", "ms"),
    RSS_IDLE("RSS, just started", "MiB"),
    JAR("jar", "MiB"),
    TOLD("sightings of changes", ""),
    FULL_LISTS("full lists sent", ""),
    REFUSED("refused", ""),
    WRONG("convergence violations", "");

    private final String label;
    private final String unit;

    Figure(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** Empty for counts. */
    public String unit() {
        return unit;
    }

    /** Whether a ratio to the ceiling says anything. */
    boolean isComparable() {
        return unit.length() > 0 && this != CLIENT_CPU && this != CLIENT_SHARE && this != COLLECTION;
    }
}

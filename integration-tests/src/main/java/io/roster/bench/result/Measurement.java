// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import io.roster.bench.load.Tally;
import io.roster.bench.process.Usage;
import io.roster.bench.wire.Traffic;
import java.util.EnumMap;
import java.util.Map;

/**
 * A stopwatch that also reads what both processes and the wire have spent between its starts and stops. Used by one thread.
 */
public final class Measurement {

    private static final double NS_PER_S = 1e9;
    private static final double US_PER_S = 1e6;

    private final long serverPid;
    private final Traffic traffic;
    private double seconds;
    private double serverCpu;
    private double clientCpu;
    private long sent;
    private long received;
    private long startedNs;

    /**
     * @param serverPid 0 if the server's process is not known
     */
    public Measurement(long serverPid, Traffic traffic) {
        this.serverPid = serverPid;
        this.traffic = traffic;
    }

    public void start() {
        serverCpu -= cpu(serverPid);
        clientCpu -= cpu(ProcessHandle.current().pid());
        sent -= traffic.sent();
        received -= traffic.received();
        startedNs = System.nanoTime();
    }

    public void stop() {
        seconds += (System.nanoTime() - startedNs) / NS_PER_S;
        serverCpu += cpu(serverPid);
        clientCpu += cpu(ProcessHandle.current().pid());
        sent += traffic.sent();
        received += traffic.received();
    }

    private static double cpu(long pid) {
        return pid == 0 ? Double.NaN : Usage.of(pid).cpuSeconds();
    }

    /** Seconds between starts and stops. */
    public double seconds() {
        return seconds;
    }

    /** The figures of all operations counted. */
    public Round round(Tally tally) {
        return round(tally, tally.done());
    }

    /** The figures, with operations that were counted elsewhere. */
    public Round round(Tally tally, long operations) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        if (operations > 0) {
            figures.put(Figure.RATE, operations / seconds);
            put(figures, Figure.SERVER_CPU_PER_OPERATION, serverCpu * US_PER_S / operations);
            figures.put(Figure.SENT_PER_OPERATION, (double) sent / operations);
            figures.put(Figure.RECEIVED_PER_OPERATION, (double) received / operations);
        }
        var latency = tally.latency();
        Round.putLatency(figures, latency);
        put(figures, Figure.SERVER_CPU, serverCpu / seconds);
        put(figures, Figure.CLIENT_CPU, clientCpu / seconds);
        put(figures, Figure.CLIENT_SHARE, 100 * clientCpu / (clientCpu + serverCpu));
        if (tally.refused() > 0) {
            figures.put(Figure.REFUSED, (double) tally.refused());
        }
        return new Round(figures, latency);
    }

    private static void put(Map<Figure, Double> figures, Figure figure, double value) {
        if (!Double.isNaN(value)) {
            figures.put(figure, value);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.process.ThreadCpu;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that keeps many instances is left alone but for the heartbeats that they live by, and what its loops spend is its
 * sweeping. Then one more stream beats a thousand times a second: what a sweep, or the collector, holds up is in its
 * latencies.
 *
 * @param known figures from its preparation
 */
record SweepTrial(Subject subject, Crowd crowd, List<BenchClient> clients, Map<Figure, Double> known, double seconds)
        implements Trial {

    private static final int SWEEP_PERIOD_S = 5;
    private static final int PROBES_PER_SECOND = 1_000;
    private static final String LOOP_THREADS = "roster-loop";

    @Override
    public Round run() {
        beat();
        double sweepMs = quietly();
        BenchClient probe = crowd.connect(1, Lifetime.HEARTBEAT).get(0);
        probe(probe, seconds / 10, new Tally(crowd.wire()));
        beat();
        Tally tally = new Tally(crowd.wire());
        Measurement measurement = subject.measurement(crowd);
        measurement.start();
        probe(probe, seconds / 2, tally);
        measurement.stop();
        Round round = measurement.round(tally);
        if (!Double.isNaN(sweepMs)) {
            round = round.with(Figure.SWEEP_CPU, sweepMs);
        }
        for (Map.Entry<Figure, Double> figure : known.entrySet()) {
            round = round.with(figure.getKey(), figure.getValue());
        }
        return round;
    }

    private void probe(BenchClient probe, double forSeconds, Tally tally) {
        long untilNs = System.nanoTime() + (long) (forSeconds * 1e9);
        Script beats = Script.repeat(crowd.wire().heartbeat(Names.service(0), Address.of(0)), untilNs);
        crowd.pace(List.of(probe), List.of(beats), PROBES_PER_SECOND, tally);
    }

    /** What the loops spend in one period of sweeps, on average. */
    private double quietly() {
        live(seconds / 3);
        double before = ThreadCpu.ms(subject.pid(), LOOP_THREADS);
        live(seconds);
        return (ThreadCpu.ms(subject.pid(), LOOP_THREADS) - before) * SWEEP_PERIOD_S / seconds;
    }

    private void live(double forSeconds) {
        for (double left = forSeconds; left > 0; left -= SWEEP_PERIOD_S) {
            pause(Math.min(left, SWEEP_PERIOD_S));
            beat();
        }
    }

    /** One heartbeat of each stream keeps all alive that it has published. */
    private void beat() {
        List<byte[]> beats = clients.stream()
                .map(client -> crowd.wire().heartbeat(Names.service(0), Address.of(0)))
                .toList();
        Settlers.askAll(crowd, clients, beats);
    }

    private static void pause(double forSeconds) {
        try {
            TimeUnit.MILLISECONDS.sleep((long) (1_000 * forSeconds));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interruption);
        }
    }

    @Override
    public void close() {
        crowd.close();
    }
}

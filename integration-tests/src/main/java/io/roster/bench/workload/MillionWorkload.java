// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.process.JvmTools;
import io.roster.bench.result.Figure;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Wire;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A million instances in a hundred thousand services, first kept by a few streams and then by heartbeats: what one of them
 * weighs, and what it costs to look through all of them every 5 s.
 */
final class MillionWorkload implements Workload {

    @Override
    public String name() {
        return "million";
    }

    /** On other wires no stream keeps many instances by heartbeats. */
    @Override
    public boolean runsOver(Wire wire) {
        return wire.hasDiffs();
    }

    @Override
    public boolean hasCeiling() {
        return false;
    }

    @Override
    public boolean needsLauncher() {
        return true;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public int warmup(Plan plan) {
        return 0;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        int services = plan.services(100_000);
        Filling filling = new Filling(crowd, services, Math.max(1, plan.instances(1_000_000) / services));
        int streams = plan.clients(10);
        JvmTools tools = new JvmTools(subject.pid());
        double empty = tools.heapAfterCollection().orElse(Double.NaN);
        List<BenchClient> former = filling.fill(streams, Lifetime.CONNECTION);
        double keptByStreams = tools.heapAfterCollection().orElse(Double.NaN) - empty;
        filling.undo(former);
        long startedNs = System.nanoTime();
        List<BenchClient> clients = filling.fill(streams, Lifetime.HEARTBEAT);
        double fillingMs = (System.nanoTime() - startedNs) / 1e6;
        double keptByBeats = tools.heapAfterCollection().orElse(Double.NaN) - empty;
        Map<Figure, Double> known = new EnumMap<>(Figure.class);
        known.put(Figure.TIME, fillingMs);
        if (!Double.isNaN(empty)) {
            known.put(Figure.HEAP_PER_INSTANCE, keptByStreams / filling.instances());
            known.put(Figure.HEAP_PER_BEATING, keptByBeats / filling.instances());
        }
        return new SweepTrial(subject, crowd, clients, known, plan.seconds(20));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.process.JvmTools;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A million instances in a hundred thousand services, kept by heartbeats of a few streams: what one of them weighs, and what
 * it costs to look through all of them every 5 s.
 */
final class MillionWorkload implements Workload {

    private static final int DEPTH = 16;

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
        int services = plan.services(100_000);
        int instancesEach = Math.max(1, plan.instances(1_000_000) / services);
        double heapBefore = new JvmTools(subject.pid()).heapAfterCollection().orElse(Double.NaN);
        Crowd crowd = subject.crowd();
        List<BenchClient> clients = crowd.connect(plan.clients(10), Lifetime.HEARTBEAT);
        long startedNs = System.nanoTime();
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            scripts.add(filling(crowd, i, clients.size(), services, instancesEach));
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(clients, scripts, DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
        double fillingMs = (System.nanoTime() - startedNs) / 1e6;
        return new SweepTrial(
                subject, crowd, clients, services * instancesEach, heapBefore, fillingMs, plan.seconds(30));
    }

    /** Every so-manieth service, one message for each, made when it is sent. */
    private static Script filling(Crowd crowd, int first, int step, int services, int instancesEach) {
        int[] next = {first};
        return nowNs -> {
            int service = next[0];
            if (service >= services) {
                return null;
            }
            next[0] += step;
            List<Address> instances = IntStream.range(0, instancesEach)
                    .mapToObj(i -> Address.of(service * instancesEach + i))
                    .toList();
            return crowd.wire()
                    .registerAll(Names.service(service), instances, Names.longVersion(service))
                    .get(0);
        };
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Lifetime;
import java.util.List;

/**
 * All streams are cut at once: the time until all are back, have registered again, and know that the lists they have still
 * hold. What they publish lives by heartbeats and survives the cut, so nothing changes and no list need be sent.
 */
final class ReconnectWorkload implements Workload {

    private static final int STREAMS_PER_SERVICE = 10;

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public boolean isResuming() {
        return true;
    }

    /** All clients have connected once before. */
    @Override
    public int warmup(Plan plan) {
        return 1;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        List<BenchClient> clients = crowd.connect(plan.clients(5_000), Lifetime.HEARTBEAT);
        ReconnectTrial trial = new ReconnectTrial(subject, crowd, clients, STREAMS_PER_SERVICE);
        trial.listen(clients);
        Settlers.settle(crowd, clients, STREAMS_PER_SERVICE);
        return trial;
    }
}

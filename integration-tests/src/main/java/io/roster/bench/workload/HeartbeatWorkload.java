// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Heartbeats, each of which keeps one instance alive: as many as go through, but over HTTP at a rate. */
final class HeartbeatWorkload implements Workload {

    /** A hundred thousand instances beat so often. */
    private static final int RATE_OF_POLLERS = 20_000;

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        int count = plan.clients(100);
        int services = plan.services(100);
        List<BenchClient> clients = crowd.connect(count, Lifetime.HEARTBEAT);
        List<byte[]> beats = new ArrayList<>();
        CountDownLatch registered = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            byte[] register = crowd.wire().register(Names.beatenService(i % services), Address.of(i), Names.version(i));
            crowd.ask(clients.get(i), register, registered::countDown);
            beats.add(crowd.wire().heartbeat(Names.beatenService(i % services), Address.of(i)));
        }
        crowd.await(registered, "registrations");
        int rate = plan.rate(crowd.wire().hasPushes() ? 0 : RATE_OF_POLLERS);
        return new RepeatedRequests(
                subject, crowd, clients, beats, plan.depth(16, crowd.wire()), rate, plan.seconds(2));
    }
}

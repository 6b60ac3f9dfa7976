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

/** Heartbeats on streams, each of which keeps one instance alive. */
final class HeartbeatWorkload implements Workload {

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
            byte[] register = crowd.wire().register(Names.service(i % services), Address.of(i), Names.version(i));
            crowd.ask(clients.get(i), register, registered::countDown);
            beats.add(crowd.wire().heartbeat());
        }
        crowd.await(registered, "registrations");
        return new RepeatedRequests(subject, crowd, clients, beats, plan.depth(16), plan.rate(0), plan.seconds(2));
    }
}

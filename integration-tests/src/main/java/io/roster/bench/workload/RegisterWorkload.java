// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.List;

/**
 * Registrations of instances that were not there before, each client's spread over the services. What a pass has
 * registered is taken back before the next one; that is not measured.
 */
final class RegisterWorkload implements Workload {

    private static final int CLEANING_DEPTH = 16;

    @Override
    public String name() {
        return "register";
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        Wire wire = crowd.wire();
        int clientCount = plan.clients(100);
        int services = plan.services(1_000);
        int each = Math.max(1, plan.instances(100_000) / clientCount);
        int depth = plan.depth(16, crowd.wire());
        int rate = plan.rate(0);
        double seconds = plan.seconds(2);
        int subscribers = plan.subscribers(0);
        List<BenchClient> clients = crowd.connect(clientCount, Lifetime.CONNECTION);
        List<List<byte[]>> registrations = new ArrayList<>();
        List<List<byte[]>> removals = new ArrayList<>();
        for (int client = 0; client < clientCount; client++) {
            List<byte[]> registering = new ArrayList<>(each);
            List<byte[]> removing = new ArrayList<>(each);
            for (int i = 0; i < each; i++) {
                String service = Names.service((client * 7 + i) % services);
                Address address = Address.of(client * each + i);
                registering.add(wire.register(service, address, Names.version(i)));
                removing.add(wire.deregister(service, address));
            }
            registrations.add(registering);
            removals.add(removing);
        }
        Audience.seat(crowd, services, subscribers);
        return new Passes(subject, crowd, clients, registrations, removals, depth, rate, seconds);
    }

    private record Passes(
            Subject subject,
            Crowd crowd,
            List<BenchClient> clients,
            List<List<byte[]>> registrations,
            List<List<byte[]>> removals,
            int depth,
            int rate,
            double seconds)
            implements Trial {

        @Override
        public Round run() {
            Tally tally = new Tally(crowd.wire());
            Measurement measurement = subject.measurement(crowd);
            do {
                measurement.start();
                if (rate > 0) {
                    crowd.pace(clients, scripts(registrations), rate, tally);
                } else {
                    crowd.run(clients, scripts(registrations), depth, tally);
                }
                measurement.stop();
                crowd.run(clients, scripts(removals), CLEANING_DEPTH, new Tally(crowd.wire()));
            } while (measurement.seconds() < seconds);
            return measurement.round(tally);
        }

        private static List<Script> scripts(List<List<byte[]>> requests) {
            return requests.stream().map(Script::of).toList();
        }

        @Override
        public void close() {
            crowd.close();
        }
    }
}

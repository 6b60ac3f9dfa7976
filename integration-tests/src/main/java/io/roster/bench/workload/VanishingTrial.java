// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;

/** Rounds in which clients come, are seen by all, and go without a word. */
record VanishingTrial(Subject subject, Crowd crowd, Vanished vanished, Departure departure, Size size)
        implements Trial {

    /**
     * How many of each.
     *
     * @param first the number of the first address that nobody has yet
     */
    record Size(int clients, int services, int subscribers, int first) {}

    @Override
    public Round run() {
        Tally tally = new Tally(crowd.wire());
        vanished.expect(size.clients() * size.subscribers(), tally);
        List<BenchClient> leaving = crowd.connect(size.clients(), Lifetime.CONNECTION);
        List<byte[]> registrations = new ArrayList<>();
        for (int i = 0; i < leaving.size(); i++) {
            String service = Names.service(i % size.services());
            registrations.add(crowd.wire().register(service, address(i), Names.version(i)));
        }
        Settlers.askAll(crowd, leaving, registrations);
        crowd.await(vanished.arrived(), "those who come to be seen");
        Measurement measurement = subject.measurement(crowd);
        measurement.start();
        for (int i = 0; i < leaving.size(); i++) {
            BenchClient client = leaving.get(i);
            Address address = address(i);
            client.execute(() -> {
                vanished.goes(address);
                departure.of(client);
            });
        }
        crowd.await(vanished.seen(), "those who go to be missed");
        measurement.stop();
        crowd.dismiss(leaving);
        return measurement.round(tally).with(Figure.WRONG, (double) vanished.violations());
    }

    private Address address(int number) {
        return Address.of(size.first() + number);
    }

    @Override
    public void close() {
        crowd.close();
    }
}

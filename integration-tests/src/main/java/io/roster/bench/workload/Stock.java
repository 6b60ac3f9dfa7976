// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;

/** Instances that are there before anything is measured. */
final class Stock {

    private static final int DEPTH = 4;

    /** Instances in one message: far from the longest message that a server takes. */
    private static final int BATCH = 10_000;

    private Stock() {}

    /**
     * Fills services with instances. One client publishes the first of each service and may change it; another publishes the
     * rest, a service at a time.
     *
     * @return who may change {@link #first}
     */
    static BenchClient publish(Crowd crowd, int services, int instancesEach) {
        if (instancesEach > BATCH) {
            throw new BenchException("--instances: " + instancesEach + " (expected: at most " + BATCH + " a service)");
        }
        List<BenchClient> publishers = crowd.connect(2, Lifetime.CONNECTION);
        List<byte[]> firsts = new ArrayList<>();
        List<byte[]> rests = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            String name = Names.service(service);
            firsts.add(crowd.wire().register(name, first(service, instancesEach), Names.version(0)));
            List<Address> rest = new ArrayList<>();
            for (int i = 1; i < instancesEach; i++) {
                rest.add(Address.of(service * instancesEach + i));
            }
            if (!rest.isEmpty()) {
                rests.addAll(crowd.wire().registerAll(name, rest, Names.version(0)));
            }
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(publishers, List.of(Script.of(firsts), Script.of(rests)), DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
        return publishers.get(0);
    }

    /** The instance of a service that may be changed. */
    static Address first(int service, int instancesEach) {
        return Address.of(service * instancesEach);
    }
}

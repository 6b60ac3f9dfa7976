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

    private static final int DEPTH = 16;

    private Stock() {}

    /** Fills services with instances, all published by one client. */
    static BenchClient publish(Crowd crowd, int services, int instancesEach) {
        BenchClient publisher = crowd.connect(1, Lifetime.CONNECTION).get(0);
        List<byte[]> requests = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            for (int i = 0; i < instancesEach; i++) {
                Address address = Address.of(service * instancesEach + i);
                requests.add(crowd.wire().register(Names.service(service), address, Names.version(0)));
            }
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(List.of(publisher), List.of(Script.of(requests)), DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
        return publisher;
    }
}

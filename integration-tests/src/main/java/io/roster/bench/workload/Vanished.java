// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.convergence.Violations;
import io.roster.bench.convergence.Witness;
import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.bench.wire.Wire;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Times, subscriber by subscriber, how long instances are still listed whose clients are gone. Thread: any. */
final class Vanished {

    private final Violations violations;
    private final Map<Address, Long> sinceNs = new ConcurrentHashMap<>();
    private volatile Tally tally;
    private volatile CountDownLatch seen = new CountDownLatch(0);
    private volatile CountDownLatch arrived = new CountDownLatch(0);

    Vanished(Wire wire, Violations violations) {
        this.violations = violations;
        this.tally = new Tally(wire);
    }

    long violations() {
        return violations.count();
    }

    /** Expects so many sightings of arrivals, then as many of departures. */
    void expect(int sightings, Tally newTally) {
        sinceNs.clear();
        tally = newTally;
        arrived = new CountDownLatch(sightings);
        seen = new CountDownLatch(sightings);
    }

    /** Counted down when a subscriber sees an instance come. */
    CountDownLatch arrived() {
        return arrived;
    }

    /** Counted down when a subscriber sees an instance go. */
    CountDownLatch seen() {
        return seen;
    }

    /** Notes that an instance's client goes now. */
    void goes(Address address) {
        sinceNs.put(address, System.nanoTime());
    }

    /** The eyes of one subscriber. */
    Witness by(BenchClient client) {
        return new Witness() {
            @Override
            public void onSeen(Listed instance) {
                arrived.countDown();
            }

            @Override
            public void onGone(Address address) {
                Long since = sinceNs.get(address);
                if (since != null) {
                    tally.sheet(client.link()).told(System.nanoTime() - since);
                    seen.countDown();
                }
            }

            @Override
            public void onViolation(String violation) {
                violations.add(violation);
            }
        };
    }
}

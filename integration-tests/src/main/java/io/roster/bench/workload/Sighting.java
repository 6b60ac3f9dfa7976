// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.convergence.Violations;
import io.roster.bench.convergence.Witness;
import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Listed;
import io.roster.bench.wire.Wire;

/** Times what subscribers see against when it was due, into the tally of the round. */
final class Sighting {

    private final Violations violations;
    private volatile Tally tally;

    Sighting(Wire wire, Violations violations) {
        this.violations = violations;
        this.tally = new Tally(wire);
    }

    Violations violations() {
        return violations;
    }

    /** Begins a round. Any thread. */
    void count(Tally newTally) {
        tally = newTally;
    }

    /** The eyes of one subscriber. */
    Witness by(BenchClient client) {
        return new Witness() {
            @Override
            public void onSeen(Listed instance) {
                long dueNs = ChurnScript.dueNs(instance.version());
                if (dueNs != Long.MIN_VALUE) {
                    tally.sheet(client.link()).told(System.nanoTime() - dueNs);
                }
            }

            @Override
            public void onViolation(String violation) {
                violations.add("client " + client.number() + ": " + violation);
            }
        };
    }
}

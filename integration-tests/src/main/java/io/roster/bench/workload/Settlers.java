// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.List;

/** Clients each of which publishes one instance and hears the service it is in. */
final class Settlers {

    private Settlers() {}

    /** Publishes first, all of them, so that nobody's list changes any more when it is told. */
    static void settle(Crowd crowd, List<BenchClient> clients, int clientsPerService) {
        Wire wire = crowd.wire();
        List<byte[]> registrations = new ArrayList<>();
        List<byte[]> subscriptions = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            String service = Names.beatenService(i / clientsPerService);
            registrations.add(wire.register(service, Address.of(i), Names.version(i)));
            subscriptions.add(wire.subscribe(service));
        }
        askAll(crowd, clients, registrations);
        askAll(crowd, clients, subscriptions);
    }

    /** Has each client ask one thing and waits for the answers. */
    static void askAll(Crowd crowd, List<BenchClient> clients, List<byte[]> requests) {
        Tally tally = new Tally(crowd.wire());
        List<Script> scripts =
                requests.stream().map(request -> Script.of(List.of(request))).toList();
        crowd.run(clients, scripts, 1, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " of " + requests.size() + " requests were refused");
        }
    }
}

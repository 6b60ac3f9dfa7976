// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;

/** Clients that listen. */
final class Audience {

    private static final int STREAMS = 100;
    private static final int DEPTH = 16;

    private Audience() {}

    /** Has every service heard by so many of the same hundred streams. */
    static void seat(Crowd crowd, int services, int subscribersEach) {
        if (subscribersEach == 0) {
            return;
        }
        int streams = Math.max(STREAMS, subscribersEach);
        List<BenchClient> clients = crowd.connect(streams, Lifetime.CONNECTION);
        List<List<byte[]>> requests = new ArrayList<>();
        clients.forEach(client -> requests.add(new ArrayList<>()));
        for (int seat = 0; seat < services * subscribersEach; seat++) {
            String service = Names.service(seat / subscribersEach);
            requests.get(seat % streams).add(crowd.wire().subscribe(service));
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(clients, requests.stream().map(Script::of).toList(), DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " subscriptions were refused");
        }
    }
}

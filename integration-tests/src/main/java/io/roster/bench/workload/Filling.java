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
import io.roster.bench.wire.Telling;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Very many services, each published by one of a few clients in one message that is made when it is sent. */
record Filling(Crowd crowd, int services, int instancesEach) {

    private static final int DEPTH = 16;
    private static final int ATTEMPTS = 30;

    int instances() {
        return services * instancesEach;
    }

    /** Connects clients and has them publish all. */
    List<BenchClient> fill(int streams, Lifetime lifetime) {
        List<BenchClient> clients = crowd.connect(streams, lifetime);
        List<Script> scripts =
                IntStream.range(0, streams).mapToObj(i -> from(i, streams)).toList();
        Tally tally = new Tally(crowd.wire());
        crowd.run(clients, scripts, DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
        return clients;
    }

    /** Every so-manieth service. */
    private Script from(int first, int step) {
        AtomicInteger next = new AtomicInteger(first);
        return nowNs -> {
            int service = next.getAndAdd(step);
            return service < services ? registration(service) : null;
        };
    }

    private byte[] registration(int service) {
        List<Address> instances = IntStream.range(0, instancesEach)
                .mapToObj(i -> Address.of(service * instancesEach + i))
                .toList();
        return crowd.wire()
                .registerAll(Names.service(service), instances, Names.longVersion(service))
                .get(0);
    }

    /** Lets clients go whose streams keep what they publish, and waits until it is gone. */
    void undo(List<BenchClient> publishers) {
        crowd.dismiss(publishers);
        BenchClient witness = crowd.connect(1, Lifetime.CONNECTION).get(0);
        for (int attempt = 0; listed(witness, publishers.size()) > 0; attempt++) {
            if (attempt == ATTEMPTS) {
                throw new BenchException("instances are still listed whose clients left " + ATTEMPTS + " s ago");
            }
            Calm.await();
        }
        crowd.dismiss(List.of(witness));
    }

    /** How many instances are listed in the last few services. */
    private int listed(BenchClient witness, int last) {
        AtomicInteger listed = new AtomicInteger();
        List<byte[]> queries = IntStream.range(Math.max(0, services - last), services)
                .mapToObj(service -> crowd.wire().query(Names.service(service)))
                .toList();
        CountDownLatch answered = new CountDownLatch(queries.size());
        queries.forEach(query ->
                witness.execute(() -> witness.requestInTurn(query, System.nanoTime(), (client, sinceNs, reply) -> {
                    Telling list = crowd.wire().read(reply);
                    listed.addAndGet(list == null ? 0 : list.upserted().size());
                    answered.countDown();
                })));
        crowd.await(answered, "lists");
        return listed.get();
    }
}

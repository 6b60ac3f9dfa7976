// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.convergence;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.PushListener;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Telling;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Subscribers, each with a mirror of every service it hears. Each one's mirrors are confined to its loop. */
public final class Watchers implements PushListener {

    private static final int DEPTH = 16;
    private static final long POLL_MS = 5;

    private final Crowd crowd;
    private final Wire wire;
    private final Violations violations;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<BenchClient, Seat> byClient = new HashMap<>();

    /** One subscriber. */
    private record Seat(BenchClient client, Map<String, Mirror> mirrors, Witness witness) {}

    private Watchers(Crowd crowd, Violations violations) {
        this.crowd = crowd;
        this.wire = crowd.wire();
        this.violations = violations;
    }

    /**
     * Connects streams, has them hear the services turn about, and waits for the first lists.
     *
     * @param subscribersEach of a service
     * @param witness made for each client
     */
    public static Watchers seat(
            Crowd crowd,
            List<String> services,
            int streams,
            int subscribersEach,
            Violations violations,
            Function<BenchClient, Witness> witness) {
        Watchers watchers = new Watchers(crowd, violations);
        List<List<byte[]>> requests = new ArrayList<>();
        for (BenchClient client : crowd.connect(streams, Lifetime.CONNECTION)) {
            Seat seat = new Seat(client, new HashMap<>(), witness.apply(client));
            watchers.seats.add(seat);
            watchers.byClient.put(client, seat);
            requests.add(new ArrayList<>());
        }
        for (int i = 0; i < services.size() * subscribersEach; i++) {
            String service = services.get(i / subscribersEach);
            watchers.seats.get(i % streams).mirrors().put(service, new Mirror(service));
            requests.get(i % streams).add(crowd.wire().subscribe(service));
        }
        watchers.subscribe(requests);
        return watchers;
    }

    private void subscribe(List<List<byte[]>> requests) {
        List<BenchClient> clients = seats.stream().map(Seat::client).toList();
        clients.forEach(client -> client.pushesTo(this));
        Tally tally = new Tally(wire);
        crowd.run(clients, requests.stream().map(Script::of).toList(), DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " subscriptions were refused");
        }
    }

    @Override
    public void onPush(BenchClient client, byte[] message) {
        Seat seat = byClient.get(client);
        Telling telling = wire.read(message);
        if (seat != null && telling != null) {
            Mirror mirror = seat.mirrors().get(telling.service());
            if (mirror == null) {
                violations.add(telling.service() + ": told to one who did not ask");
            } else {
                mirror.apply(telling, seat.witness());
            }
        }
    }

    /**
     * Waits until every mirror agrees with the truth; those that do not in time are violations.
     *
     * @return whether all agreed
     */
    public boolean awaitAgreement(Truth truth, long patienceMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        List<String> wrong = disagreements(truth);
        while (!wrong.isEmpty() && System.nanoTime() - deadlineNs < 0) {
            pause();
            wrong = disagreements(truth);
        }
        wrong.forEach(violations::add);
        return wrong.isEmpty();
    }

    private List<String> disagreements(Truth truth) {
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        CountDownLatch asked = new CountDownLatch(seats.size());
        for (Seat seat : seats) {
            seat.client().execute(() -> {
                seat.mirrors().forEach((service, mirror) -> {
                    if (!mirror.isListed() || !truth.agreesWith(service, mirror.instances())) {
                        wrong.add(service + ": client " + seat.client().number() + " has another list, at revision "
                                + mirror.revision());
                    }
                });
                asked.countDown();
            });
        }
        crowd.await(asked, "the subscribers' lists");
        return List.copyOf(wrong);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interruption);
        }
    }
}

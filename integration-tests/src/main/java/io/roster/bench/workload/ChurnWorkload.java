// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.convergence.Truth;
import io.roster.bench.convergence.Violations;
import io.roster.bench.convergence.Watchers;
import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Listed;
import io.roster.bench.workload.ChurnScript.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many changes of many services at a rate, each timed from when it was due until each subscriber sees it; and at the end
 * every subscriber's list must be the true one.
 */
final class ChurnWorkload implements Workload {

    private static final int STREAMS = 100;
    private static final int DEPTH = 16;
    private static final double SECONDS = 5;
    private static final double WARMUP_S = 15;

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public boolean hasPushes() {
        return true;
    }

    @Override
    public boolean hasCeiling() {
        return false;
    }

    /**
     * Both programs spend their first ten seconds compiling: on two processors the compilers take turns with the loops, and
     * one change in a hundred is seen after 50 to 300 ms.
     */
    @Override
    public int warmup(Plan plan) {
        return (int) Math.ceil(WARMUP_S / plan.seconds(SECONDS));
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        int services = plan.services(200);
        int instances = plan.instances(10);
        int subscribers = plan.subscribers(10);
        List<BenchClient> publishers = crowd.connect(plan.clients(100), Lifetime.CONNECTION);
        Truth truth = new Truth();
        List<List<Place>> places = places(publishers.size(), services, instances);
        publish(crowd, publishers, places, truth);
        Violations violations = new Violations();
        Sighting sighting = new Sighting(crowd.wire(), violations);
        Watchers watchers = Watchers.seat(
                crowd,
                IntStream.range(0, services).mapToObj(Names::service).toList(),
                Math.max(STREAMS, subscribers),
                subscribers,
                violations,
                sighting::by);
        return new ChurnTrial(
                subject,
                crowd,
                publishers,
                places,
                truth,
                watchers,
                sighting,
                plan.rate(crowd.wire().hasDiffs() ? 5_000 : 500),
                plan.seconds(SECONDS),
                plan.seed());
    }

    private static List<List<Place>> places(int publishers, int services, int instances) {
        List<List<Place>> places = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            places.add(new ArrayList<>());
        }
        for (int i = 0; i < services * instances; i++) {
            places.get(i % publishers).add(new Place(Names.service(i / instances), Address.of(i)));
        }
        places.removeIf(List::isEmpty);
        return places;
    }

    private static void publish(Crowd crowd, List<BenchClient> publishers, List<List<Place>> places, Truth truth) {
        List<Script> scripts = new ArrayList<>();
        for (List<Place> owned : places) {
            List<byte[]> requests = new ArrayList<>();
            for (Place place : owned) {
                Listed instance = Listed.of(place.address(), Names.version(0));
                truth.put(place.service(), instance);
                requests.add(crowd.wire().register(place.service(), place.address(), instance.version()));
            }
            scripts.add(Script.of(requests));
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(publishers.subList(0, scripts.size()), scripts, DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
    }
}

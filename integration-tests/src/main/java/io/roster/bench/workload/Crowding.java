// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How much there is on a server.
 *
 * @param instances of each service
 * @param subscribers of each service
 */
record Crowding(int services, int instances, int subscribers) {

    private static final int RATE = 2_000;
    private static final int DEPTH = 16;

    /** What was asked of a plan, with these sizes in place of its own. */
    Map<String, String> among(Map<String, String> parameters) {
        Map<String, String> mine = new LinkedHashMap<>(parameters);
        mine.put("services", String.valueOf(services));
        mine.put("instances", String.valueOf(instances));
        mine.put("subscribers", String.valueOf(subscribers));
        return mine;
    }

    /** Brings a server to this size; a round is changes of instances taken at random, at a rate. */
    Trial trial(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        List<BenchClient> publishers = crowd.connect(plan.clients(100), Lifetime.CONNECTION);
        List<List<byte[]>> registrations = new ArrayList<>();
        publishers.forEach(publisher -> registrations.add(new ArrayList<>()));
        for (int i = 0; i < services * instances; i++) {
            registrations.get(i % publishers.size()).add(registration(crowd, i, 0));
        }
        Tally tally = new Tally(crowd.wire());
        crowd.run(publishers, registrations.stream().map(Script::of).toList(), DEPTH, tally);
        if (tally.refused() > 0) {
            throw new BenchException(tally.refused() + " registrations were refused");
        }
        Audience.seat(crowd, services, subscribers);
        return new Changes(
                subject,
                crowd,
                publishers,
                services * instances,
                this,
                plan.rate(RATE),
                plan.seconds(2),
                new SplittableRandom(plan.seed()));
    }

    private byte[] registration(Crowd crowd, int number, int version) {
        return crowd.wire().register(Names.service(number / instances), Address.of(number), Names.version(version));
    }

    private record Changes(
            Subject subject,
            Crowd crowd,
            List<BenchClient> publishers,
            int total,
            Crowding crowding,
            int rate,
            double seconds,
            SplittableRandom random)
            implements Trial {

        @Override
        public Round run() {
            Tally tally = new Tally(crowd.wire());
            Measurement measurement = subject.measurement(crowd);
            long untilNs = System.nanoTime() + (long) (seconds * 1e9);
            List<Script> scripts = new ArrayList<>();
            for (int i = 0; i < publishers.size(); i++) {
                scripts.add(changes(i, random.split(), untilNs));
            }
            measurement.start();
            crowd.pace(publishers, scripts, rate, tally);
            measurement.stop();
            return measurement.round(tally);
        }

        private Script changes(int publisher, SplittableRandom chance, long untilNs) {
            int owned = (total - publisher + publishers.size() - 1) / publishers.size();
            return nowNs -> nowNs - untilNs >= 0 || owned == 0
                    ? null
                    : crowding.registration(
                            crowd,
                            publisher + chance.nextInt(owned) * publishers.size(),
                            chance.nextInt(Integer.MAX_VALUE));
        }

        @Override
        public void close() {
            crowd.close();
        }
    }
}

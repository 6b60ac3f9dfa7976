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
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Telling;
import io.roster.bench.workload.ChurnScript.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Rounds of churn on one server. */
final class ChurnTrial implements Trial {

    private static final long PATIENCE_MS = 5_000;

    private final Subject subject;
    private final Crowd crowd;
    private final List<BenchClient> publishers;
    private final List<List<Place>> places;
    private final Truth truth;
    private final Watchers watchers;
    private final Sighting sighting;
    private final double rate;
    private final double seconds;
    private final SplittableRandom random;
    private final List<boolean[]> gone = new ArrayList<>();

    ChurnTrial(
            Subject subject,
            Crowd crowd,
            List<BenchClient> publishers,
            List<List<Place>> places,
            Truth truth,
            Watchers watchers,
            Sighting sighting,
            double rate,
            double seconds,
            long seed) {
        this.subject = subject;
        this.crowd = crowd;
        this.publishers = publishers.subList(0, places.size());
        this.places = places;
        this.truth = truth;
        this.watchers = watchers;
        this.sighting = sighting;
        this.rate = rate;
        this.seconds = seconds;
        this.random = new SplittableRandom(seed);
        places.forEach(owned -> gone.add(new boolean[owned.size()]));
    }

    @Override
    public Round run() {
        Tally answers = new Tally(crowd.wire());
        Tally seen = new Tally(crowd.wire());
        sighting.count(seen);
        Measurement measurement = subject.measurement(crowd);
        long untilNs = System.nanoTime() + (long) (seconds * 1e9);
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            scripts.add(new ChurnScript(crowd.wire(), truth, places.get(i), gone.get(i), random.split(), untilNs));
        }
        measurement.start();
        crowd.pace(publishers, scripts, rate, answers);
        measurement.stop();
        long settledNs = System.nanoTime();
        watchers.awaitAgreement(truth, PATIENCE_MS);
        double settlingMs = (System.nanoTime() - settledNs) / 1e6;
        checkQueries();
        sighting.count(new Tally(crowd.wire()));
        if (answers.refused() > 0) {
            throw new BenchException(answers.refused() + " changes were refused");
        }
        return measurement
                .round(seen, answers.done())
                .with(Figure.TIME, settlingMs)
                .with(Figure.TOLD, (double) seen.done())
                .with(Figure.WRONG, (double) sighting.violations().count());
    }

    /** Whoever asks must be told the truth too. */
    private void checkQueries() {
        Violations violations = sighting.violations();
        CountDownLatch asked = new CountDownLatch(truth.services().size());
        for (String service : truth.services()) {
            BenchClient client = publishers.get(0);
            client.execute(() -> ask(client, service, asked));
        }
        crowd.await(asked, "lists");
        violations.first().forEach(violation -> System.err.println("churn: " + violation));
    }

    private void ask(BenchClient client, String service, CountDownLatch asked) {
        client.requestInTurn(crowd.wire().query(service), System.nanoTime(), (answered, sinceNs, reply) -> {
            Telling list = crowd.wire().read(reply);
            if (list == null || !truth.agreesWith(service, list.upserted())) {
                sighting.violations().add(service + ": a query is answered with another list");
            }
            asked.countDown();
        });
    }

    @Override
    public void close() {
        crowd.close();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.result.Result;
import io.roster.bench.result.Round;
import io.roster.bench.result.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one change costs when there is twice as much of something, and twice as much again: three servers that differ only
 * in this, round by round in turn, so that the ratios of their figures stand still when the machine does not.
 */
public final class Growth {

    /** What workloads are called that this is made of. */
    public static final String NAME = "growth";

    /** Once, twice and four times as much. */
    public static final int SIZES = 3;

    private static final int ROUNDS = 5;
    private static final int WARMUP = 3;

    private final BiConsumer<Subject, Round> progress;

    /**
     * @param progress is shown each round
     */
    public Growth(BiConsumer<Subject, Round> progress) {
        this.progress = progress;
    }

    /** What doubles. */
    public enum Dimension {
        SERVICES,
        INSTANCES,
        SUBSCRIBERS;

        private Crowding of(Crowding base, int times) {
            return switch (this) {
                case SERVICES -> new Crowding(base.services() * times, base.instances(), base.subscribers());
                case INSTANCES -> new Crowding(base.services(), base.instances() * times, base.subscribers());
                case SUBSCRIBERS -> new Crowding(base.services(), base.instances(), base.subscribers() * times);
            };
        }
    }

    /**
     * Measures one dimension.
     *
     * @param servers one for each size, with nothing on them
     * @return each size but the smallest, compared with the one half as large
     */
    public List<Result> run(Dimension dimension, List<Subject> servers, Plan plan) {
        plan.forget();
        long startedNs = System.nanoTime();
        Crowding base = new Crowding(plan.services(200), plan.instances(50), plan.subscribers(10));
        int rounds = plan.rounds(ROUNDS);
        int warmup = plan.warmup(WARMUP);
        List<Contest> contests = new ArrayList<>();
        List<Map<String, String>> parameters = new ArrayList<>();
        try {
            for (int size = 0; size < servers.size(); size++) {
                Subject server = servers.get(size);
                Crowding crowding = dimension.of(base, 1 << size);
                contests.add(new Contest(server, crowding.trial(server, plan), plan.weighs(), progress));
                parameters.add(crowding.among(plan.used()));
            }
            contests.forEach(contest -> contest.warmUp(warmup));
            for (int i = 0; i < rounds; i++) {
                contests.forEach(Contest::round);
            }
            return doublings(dimension, servers.get(0).wire().name(), contests, parameters, startedNs);
        } finally {
            contests.forEach(Contest::close);
        }
    }

    private static List<Result> doublings(
            Dimension dimension,
            String wire,
            List<Contest> contests,
            List<Map<String, String>> parameters,
            long startedNs) {
        List<Series> series = new ArrayList<>();
        for (int size = 0; size < contests.size(); size++) {
            series.add(contests.get(size).finish().named("x" + (1 << size)));
        }
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        List<Result> results = new ArrayList<>();
        for (int size = 1; size < series.size(); size++) {
            results.add(new Result(
                    NAME + " of " + dimension.name().toLowerCase(Locale.ROOT),
                    wire,
                    new LinkedHashMap<>(parameters.get(size)),
                    series.get(size),
                    series.get(size - 1),
                    seconds / (series.size() - 1)));
        }
        return results;
    }
}

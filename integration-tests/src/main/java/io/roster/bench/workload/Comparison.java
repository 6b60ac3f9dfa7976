// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.ceiling.CeilingTeacher;
import io.roster.bench.result.Result;
import io.roster.bench.result.Round;
import io.roster.bench.result.Series;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a workload on a server and, turn about, on the ceiling: what disturbs the machine for a while disturbs a pair of
 * rounds alike, so that their ratio stands still when the figures themselves do not. Used by one thread.
 */
public final class Comparison {

    private final Subject server;
    private final @Nullable Subject ceiling;
    private final BiConsumer<Subject, Round> progress;

    /**
     * @param ceiling null to compare with nothing
     * @param progress is shown each round
     */
    public Comparison(Subject server, @Nullable Subject ceiling, BiConsumer<Subject, Round> progress) {
        this.server = server;
        this.ceiling = ceiling;
        this.progress = progress;
    }

    public Result run(Workload workload, Plan plan) {
        plan.forget();
        return ceiling == null ? alone(workload, plan) : turnAbout(workload, plan, ceiling);
    }

    private Result alone(Workload workload, Plan plan) {
        try (Contest contest = new Contest(server, workload.prepare(server, plan), progress)) {
            contest.warmUp(plan.warmup());
            for (int i = 0; i < plan.rounds(); i++) {
                contest.round();
            }
            return result(workload, plan, contest.finish(), null);
        }
    }

    private Result turnAbout(Workload workload, Plan plan, Subject other) {
        CeilingTeacher.teach(other.address(), Lessons.learn(server, workload.listLength(plan), workload.hasPushes()));
        try (Contest contest = new Contest(server, workload.prepare(server, plan), progress);
                Contest otherContest = new Contest(other, workload.prepare(other, plan), progress)) {
            contest.warmUp(plan.warmup());
            otherContest.warmUp(plan.warmup());
            for (int i = 0; i < plan.rounds(); i++) {
                // Each goes first as often as second.
                Contest first = i % 2 == 0 ? contest : otherContest;
                Contest second = i % 2 == 0 ? otherContest : contest;
                first.round();
                second.round();
            }
            return result(workload, plan, contest.finish(), otherContest.finish());
        }
    }

    private Result result(Workload workload, Plan plan, Series mine, @Nullable Series others) {
        Map<String, String> parameters = plan.used();
        return new Result(workload.name(), server.wire().name(), parameters, mine, others);
    }
}

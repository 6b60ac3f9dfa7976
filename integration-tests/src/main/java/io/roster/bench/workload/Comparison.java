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
 * Runs a workload on a server and, turn about, on another: what disturbs the machine for a while disturbs a pair of
 * rounds alike, so that their ratio stands still when the figures themselves do not. Used by one thread.
 */
public final class Comparison {

    private final Subject server;
    private final @Nullable Subject other;
    private final BiConsumer<Subject, Round> progress;

    /**
     * @param other null to compare with nothing
     * @param progress is shown each round
     */
    public Comparison(Subject server, @Nullable Subject other, BiConsumer<Subject, Round> progress) {
        this.server = server;
        this.other = other;
        this.progress = progress;
    }

    public Result run(Workload workload, Plan plan) {
        plan.forget();
        long startedNs = System.nanoTime();
        int warmup = plan.warmup(workload.warmup(plan));
        int rounds = plan.rounds(workload.rounds());
        if (other == null) {
            return result(workload, plan, startedNs, alone(workload, plan, server, warmup, rounds), null);
        }
        if (other.isCeiling()) {
            CeilingTeacher.teach(other.address(), Lessons.learn(server, workload, plan));
        }
        if (workload.isExclusive()) {
            Series mine = alone(workload, plan, server, warmup, rounds);
            return result(workload, plan, startedNs, mine, alone(workload, plan, other, warmup, rounds));
        }
        return turnAbout(workload, plan, startedNs, other, warmup, rounds);
    }

    private Series alone(Workload workload, Plan plan, Subject subject, int warmup, int rounds) {
        try (Contest contest = new Contest(subject, workload.prepare(subject, plan), plan.weighs(), progress)) {
            contest.warmUp(warmup);
            for (int i = 0; i < rounds; i++) {
                contest.round();
            }
            return contest.finish();
        }
    }

    private Result turnAbout(Workload workload, Plan plan, long startedNs, Subject other, int warmup, int rounds) {
        try (Contest contest = new Contest(server, workload.prepare(server, plan), plan.weighs(), progress);
                Contest otherContest = new Contest(other, workload.prepare(other, plan), plan.weighs(), progress)) {
            contest.warmUp(warmup);
            otherContest.warmUp(warmup);
            for (int i = 0; i < rounds; i++) {
                // Each goes first as often as second.
                Contest first = i % 2 == 0 ? contest : otherContest;
                Contest second = i % 2 == 0 ? otherContest : contest;
                first.round();
                second.round();
            }
            return result(workload, plan, startedNs, contest.finish(), otherContest.finish());
        }
    }

    private Result result(Workload workload, Plan plan, long startedNs, Series mine, @Nullable Series others) {
        Map<String, String> parameters = plan.used();
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        return new Result(workload.name(), server.wire().name(), parameters, mine, others, seconds);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.process.JvmTools;
import io.roster.bench.process.Usage;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Round;
import io.roster.bench.result.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/** One server's way through a workload, round by round. Used by one thread. */
final class Contest implements AutoCloseable {

    private static final double MIB = 1 << 20;

    private final Subject subject;
    private final Trial trial;
    private final BiConsumer<Subject, Round> progress;
    private final List<Round> rounds = new ArrayList<>();
    private final JvmTools tools;
    private final boolean weighs;
    private double collectedBefore;
    private long startedNs;
    private double secondsInRounds;

    /**
     * @param weighs whether each round ends with a collection of the server's garbage, not only the last
     * @param progress is shown each round
     */
    Contest(Subject subject, Trial trial, boolean weighs, BiConsumer<Subject, Round> progress) {
        this.subject = subject;
        this.trial = trial;
        this.weighs = weighs;
        this.progress = progress;
        this.tools = new JvmTools(subject.pid());
    }

    /** Runs rounds that do not count. */
    void warmUp(int count) {
        for (int i = 0; i < count; i++) {
            progress.accept(subject, trial.run());
        }
        collectedBefore = subject.isOurs() ? tools.collectionSeconds().orElse(0) : 0;
    }

    void round() {
        startedNs = System.nanoTime();
        Round round = trial.run();
        secondsInRounds += (System.nanoTime() - startedNs) / 1e9;
        Round weighed = weighs && subject.isOurs() ? weighed(round) : round;
        progress.accept(subject, weighed);
        rounds.add(weighed);
    }

    private Round weighed(Round round) {
        OptionalDouble heap = tools.heapAfterCollection();
        return heap.isPresent() ? round.with(Figure.HEAP, heap.getAsDouble() / MIB) : round;
    }

    /** All rounds; what is known only at the end stands in the last one. */
    Series finish() {
        Round last = rounds.remove(rounds.size() - 1);
        if (subject.pid() != 0) {
            last = last.with(Figure.RSS, Usage.of(subject.pid()).rssBytes() / MIB);
        }
        if (subject.isOurs()) {
            OptionalDouble collected = tools.collectionSeconds();
            if (collected.isPresent()) {
                last = last.with(
                        Figure.COLLECTION, 100 * (collected.getAsDouble() - collectedBefore) / secondsInRounds);
            }
            last = weighed(last);
        }
        rounds.add(last);
        return new Series(subject.name(), rounds);
    }

    @Override
    public void close() {
        trial.close();
    }
}

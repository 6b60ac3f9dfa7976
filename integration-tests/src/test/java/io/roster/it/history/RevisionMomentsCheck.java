// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Moments.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Promise#TRUE_AT_A_MOMENT} for lists with a revision: one sequence of moments must do for everybody who was told
 * or answered anything of one service in one epoch.
 */
final class RevisionMomentsCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            for (Life life : evidence.chronicle().lives()) {
                List<Given> sequence = inOrder(evidence.counted(service)
                        .filter(given -> given.listing().epoch() == life.epoch())
                        .toList());
                walk(sequence, life, evidence.moments(service), service, violations);
            }
        }
    }

    /** The first time that each revision was told, and every answer. */
    private static List<Given> inOrder(List<Given> lists) {
        Map<Long, Given> firstTold = new HashMap<>();
        List<Given> sequence = new ArrayList<>();
        for (Given given : lists) {
            if (given.to().equals(Given.ASKED)) {
                sequence.add(given);
            } else {
                firstTold.merge(given.listing().revision(), given, (a, b) -> a.atNs() <= b.atNs() ? a : b);
            }
        }
        sequence.addAll(firstTold.values());
        sequence.sort(Comparator.<Given>comparingLong(given -> given.listing().revision())
                .thenComparingLong(Given::notBeforeNs));
        return sequence;
    }

    private static void walk(
            List<Given> sequence, Life life, Moments moments, String service, Consumer<Violation> violations) {
        for (Given given : sequence) {
            long from = Math.max(life.span().fromNs(), given.notBeforeNs());
            Moment moment = moments.next(
                    given.listing(), from, Math.min(given.atNs(), life.span().untilNs()));
            if (!moment.isFound()) {
                violations.accept(new Violation(
                        Promise.TRUE_AT_A_MOMENT,
                        given.inWords(service) + " was not true from " + Span.at(moments.reachedNs()) + " on: "
                                + moment.why()));
            }
        }
    }
}

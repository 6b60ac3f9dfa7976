// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Subscribed;
import io.roster.it.history.Event.Told;
import io.roster.it.history.Event.Unsubscribed;
import java.util.List;
import java.util.function.Consumer;

/** {@link Promise#TOLD_SOON}: only for subscribers that are told revisions, so that "heard of" is a number. */
final class SoonCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        Chronicle chronicle = evidence.chronicle();
        List<Subscribed> subscribed = chronicle
                .all(Subscribed.class)
                .filter(each -> each.hearing() == Hearing.COUNTED)
                .toList();
        for (Operation operation : chronicle.operations().values()) {
            if (operation.revision() == 0) {
                continue;
            }
            for (Subscribed each : subscribed) {
                if (each.service().equals(operation.invoked().service())
                        && isUndisturbed(evidence, each, operation)
                        && !hasHeard(
                                chronicle, each, operation, evidence.rules().soonNs())) {
                    violations.accept(new Violation(
                            Promise.TOLD_SOON,
                            each.subscriber() + " was not told of revision " + operation.revision() + " of "
                                    + each.service() + " in time: " + operation));
                }
            }
        }
    }

    /** Whether nothing has come between, from a while before the acknowledgement to the end of the time allowed. */
    private static boolean isUndisturbed(Evidence evidence, Subscribed subscribed, Operation operation) {
        Chronicle chronicle = evidence.chronicle();
        long soon = evidence.rules().soonNs();
        Span window = new Span(operation.answeredNs() - soon, operation.answeredNs() + soon);
        boolean isThere = subscribed.atNs() < window.fromNs()
                && chronicle
                        .all(Unsubscribed.class)
                        .noneMatch(each ->
                                each.subscriber().equals(subscribed.subscriber()) && each.atNs() < window.untilNs());
        long aftermath = evidence.rules().aftermathNs();
        return isThere
                && chronicle.troubles(subscribed.subscriber()).stream()
                        .noneMatch(trouble ->
                                new Span(trouble.fromNs(), Span.later(trouble.untilNs(), aftermath)).meets(window))
                && chronicle.pauses().stream()
                        .noneMatch(
                                pause -> new Span(pause.fromNs(), Span.later(pause.untilNs(), aftermath)).meets(window))
                && chronicle.lives().stream()
                        .anyMatch(life -> life.epoch() == operation.epoch()
                                && life.span().fromNs() < window.fromNs() - aftermath
                                && life.downNs() > window.untilNs());
    }

    private static boolean hasHeard(Chronicle chronicle, Subscribed subscribed, Operation operation, long soonNs) {
        return chronicle
                .all(Told.class)
                .filter(told -> told.subscriber().equals(subscribed.subscriber())
                        && told.service().equals(subscribed.service())
                        && told.atNs() <= operation.answeredNs() + soonNs)
                .anyMatch(told -> told.listing().epoch() == operation.epoch()
                        && told.listing().revision() >= operation.revision());
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Listed;
import io.roster.it.history.Event.Kept;
import io.roster.it.history.Event.Subscribed;
import io.roster.it.history.Event.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** {@link Promise#GOOD_LIST_KEPT}: for subscribers whose library promises it. */
final class KeptListCheck implements Check {

    /** What a subscriber shows its program. */
    private record Shown(long atNs, List<Listed> instances) {

        boolean has(Claim claim) {
            return instances.stream().anyMatch(each -> each.address().equals(claim.address()));
        }
    }

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        evidence.chronicle()
                .all(Subscribed.class)
                .filter(each -> each.hearing() == Hearing.KEEPING)
                .forEach(each -> {
                    List<Shown> shown = shown(evidence.chronicle(), each);
                    for (Life life : evidence.chronicle().lives()) {
                        if (life.downNs() != Span.FOREVER) {
                            check(evidence, each, shown, life.downNs(), violations);
                        }
                    }
                });
    }

    private static List<Shown> shown(Chronicle chronicle, Subscribed subscribed) {
        List<Shown> shown = new ArrayList<>();
        chronicle
                .all(Told.class)
                .filter(told -> told.subscriber().equals(subscribed.subscriber())
                        && told.service().equals(subscribed.service()))
                .forEach(told -> shown.add(new Shown(told.atNs(), told.listing().instances())));
        chronicle
                .all(Kept.class)
                .filter(kept -> kept.subscriber().equals(subscribed.subscriber())
                        && kept.service().equals(subscribed.service()))
                .forEach(kept -> shown.add(new Shown(kept.atNs(), kept.instances())));
        shown.sort(Comparator.comparingLong(Shown::atNs));
        return shown;
    }

    private static void check(
            Evidence evidence, Subscribed subscribed, List<Shown> shown, long downNs, Consumer<Violation> violations) {
        Shown good = shown.stream()
                .filter(each -> each.atNs() < downNs)
                .reduce((a, b) -> b)
                .orElse(null);
        if (good == null) {
            return;
        }
        List<Claim> claims = evidence.claims().getOrDefault(subscribed.service(), List.of()).stream()
                .filter(claim -> good.instances().stream().anyMatch(claim::is))
                .toList();
        for (Shown later : shown) {
            if (later.atNs() > downNs) {
                claims.stream()
                        .filter(claim -> !later.has(claim) && isThere(evidence, claim, downNs, later.atNs()))
                        .forEach(claim -> violations.accept(new Violation(
                                Promise.GOOD_LIST_KEPT,
                                subscribed.service() + " as shown by " + subscribed.subscriber() + " at "
                                        + Span.at(later.atNs()) + " lacks " + claim.operation()
                                        + " after the server was killed at " + Span.at(downNs))));
            }
        }
    }

    /** Whether its publisher was there all the time, but for the server, and has not taken it back. */
    private static boolean isThere(Evidence evidence, Claim claim, long downNs, long atNs) {
        Chronicle chronicle = evidence.chronicle();
        String client = claim.operation().invoked().client();
        long aftermath = evidence.rules().aftermathNs();
        Span window = new Span(downNs - aftermath, atNs);
        return claim.operation().isDone()
                && claim.operation().answeredNs() < downNs
                && chronicle.lifetime(client) != Lifetime.STREAM
                && chronicle.leftNs(client) > atNs
                && chronicle.troubles(client).stream()
                        .noneMatch(trouble ->
                                new Span(trouble.fromNs(), Span.later(trouble.untilNs(), aftermath)).meets(window))
                && chronicle.pauses().stream().noneMatch(pause -> pause.meets(window))
                && chronicle.operations().values().stream()
                        .noneMatch(other -> other.isOnTheSameAs(claim.operation())
                                && other.invoked().op()
                                        > claim.operation().invoked().op()
                                && !other.isRegistration()
                                && other.invoked().atNs() < atNs);
    }
}

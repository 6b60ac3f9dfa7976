// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Answered;
import io.roster.it.history.Event.Kept;
import io.roster.it.history.Event.Quiet;
import io.roster.it.history.Event.Settled;
import io.roster.it.history.Event.Subscribed;
import io.roster.it.history.Event.Told;
import io.roster.it.history.Event.Unsubscribed;
import java.util.List;
import java.util.function.Consumer;

/** {@link Promise#CONVERGES}: at the end of the time to settle. */
final class ConvergenceCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        long quiet = evidence.chronicle()
                .all(Quiet.class)
                .mapToLong(Event::atNs)
                .findFirst()
                .orElse(Span.FOREVER);
        evidence.chronicle().all(Settled.class).findFirst().ifPresent(settled -> {
            for (String service : evidence.services()) {
                check(evidence, service, quiet, settled.atNs(), violations);
            }
        });
    }

    private static void check(
            Evidence evidence, String service, long quietNs, long settledNs, Consumer<Violation> violations) {
        Answered truth = evidence.chronicle()
                .all(Answered.class)
                .filter(each -> each.service().equals(service) && each.askedNs() > quietNs && each.atNs() <= settledNs)
                .reduce((a, b) -> b)
                .orElse(null);
        if (truth == null) {
            violations.accept(new Violation(Promise.CONVERGES, service + ": nobody asked for it in the quiet"));
            return;
        }
        for (Claim claim : evidence.claims().getOrDefault(service, List.of())) {
            if (mustBeThere(evidence.chronicle(), claim, settledNs)
                    && !truth.listing().byAddress().containsKey(claim.address())) {
                violations.accept(new Violation(Promise.CONVERGES, service + " in the end lacks " + claim.operation()));
            }
        }
        evidence.chronicle()
                .all(Subscribed.class)
                .filter(each -> each.service().equals(service))
                .filter(each -> evidence.chronicle()
                        .all(Unsubscribed.class)
                        .noneMatch(end -> end.subscriber().equals(each.subscriber()) && end.atNs() <= settledNs))
                .forEach(each -> compare(evidence.chronicle(), each, truth, settledNs, violations));
    }

    /** Acknowledged, not asked for anything else since, and its publisher comes back whatever happens. */
    private static boolean mustBeThere(Chronicle chronicle, Claim claim, long settledNs) {
        Operation operation = claim.operation();
        String client = operation.invoked().client();
        return operation.isDone()
                && chronicle.lifetime(client) != Lifetime.STREAM
                && chronicle.leftNs(client) > settledNs
                && chronicle.operations().values().stream()
                        .noneMatch(other -> other.isOnTheSameAs(operation)
                                && other.invoked().op() > operation.invoked().op());
    }

    private static void compare(
            Chronicle chronicle,
            Subscribed subscribed,
            Answered truth,
            long settledNs,
            Consumer<Violation> violations) {
        Told last = chronicle
                .all(Told.class)
                .filter(told -> told.subscriber().equals(subscribed.subscriber())
                        && told.service().equals(subscribed.service())
                        && told.atNs() <= settledNs)
                .reduce((a, b) -> b)
                .orElse(null);
        boolean isStale = last != null
                && chronicle
                        .all(Kept.class)
                        .anyMatch(kept -> kept.subscriber().equals(subscribed.subscriber())
                                && kept.service().equals(subscribed.service())
                                && kept.atNs() > last.atNs()
                                && kept.atNs() <= settledNs);
        if (last == null) {
            violations.accept(new Violation(
                    Promise.CONVERGES, subscribed.subscriber() + " was never told a list of " + subscribed.service()));
        } else if (isStale) {
            violations.accept(new Violation(
                    Promise.CONVERGES,
                    subscribed.subscriber() + " still takes its list of " + subscribed.service() + " for stale"));
        } else if (!last.listing().saysTheSameAs(truth.listing())) {
            violations.accept(new Violation(
                    Promise.CONVERGES,
                    subscribed.subscriber() + " has another list of " + subscribed.service() + " than the server: "
                            + last.listing() + " instead of " + truth.listing()));
        }
    }
}

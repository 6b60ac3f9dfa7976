// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Listed;
import io.roster.it.history.Event.Kept;
import java.util.List;
import java.util.function.Consumer;

/** {@link Promise#NOTHING_MADE_UP}. */
final class WordsCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            evidence.given(service)
                    .forEach(given -> check(
                            evidence,
                            given.inWords(service),
                            service,
                            given.listing().instances(),
                            given.atNs(),
                            violations));
        }
        evidence.chronicle()
                .all(Kept.class)
                .forEach(kept -> check(
                        evidence,
                        kept.service() + " as kept by " + kept.subscriber() + " at " + Span.at(kept.atNs()),
                        kept.service(),
                        kept.instances(),
                        kept.atNs(),
                        violations));
    }

    private static void check(
            Evidence evidence,
            String list,
            String service,
            List<Listed> instances,
            long atNs,
            Consumer<Violation> violations) {
        if (instances.stream().map(Listed::address).distinct().count() < instances.size()) {
            violations.accept(new Violation(Promise.NOTHING_MADE_UP, list + " has an address twice"));
        }
        List<Claim> claims = evidence.claims().getOrDefault(service, List.of());
        for (Listed instance : instances) {
            Claim source = claims.stream()
                    .filter(claim -> claim.is(instance) && claim.possible().fromNs() <= atNs)
                    .findAny()
                    .orElse(null);
            if (source == null || source.operation().outcome() == Operation.Outcome.REFUSED) {
                violations.accept(
                        new Violation(Promise.NOTHING_MADE_UP, list + " has what nobody had asked for: " + instance));
            } else if (!instance.healthy() && !mayBeSilent(evidence, source, atNs)) {
                violations.accept(new Violation(
                        Promise.NOTHING_MADE_UP,
                        list + " has as unhealthy one whose publisher was never silent: " + source.operation()));
            }
        }
    }

    private static boolean mayBeSilent(Evidence evidence, Claim claim, long atNs) {
        String client = claim.operation().invoked().client();
        Chronicle chronicle = evidence.chronicle();
        return chronicle.lifetime(client) == Lifetime.BEATS
                && (chronicle.leftNs(client) <= atNs
                        || chronicle.troubles(client).stream().anyMatch(trouble -> trouble.fromNs() <= atNs)
                        || chronicle.pauses().stream()
                                .anyMatch(pause -> !evidence.rules().isPauseForgiven() && pause.fromNs() <= atNs));
    }
}

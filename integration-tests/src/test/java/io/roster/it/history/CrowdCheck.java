// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Crowd;
import io.roster.it.history.Event.Invoked;
import io.roster.it.history.Event.Subscribed;
import io.roster.it.history.Event.Told;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * {@link Promise#CROWD_KEPT}: for lists with a revision in each life of the server from the first that had all; for
 * subscribers whose library keeps lists in the first life, since only there it is known which life a list is of.
 */
final class CrowdCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        evidence.chronicle().all(Crowd.class).forEach(crowd -> {
            long dispersedNs = firstDeparture(evidence.chronicle(), crowd.service());
            Map<Long, List<Given>> byLife = evidence.counted(crowd.service())
                    .filter(given -> given.atNs() < dispersedNs)
                    .collect(
                            Collectors.groupingBy(given -> given.listing().epoch(), TreeMap::new, Collectors.toList()));
            byLife.values().forEach(lists -> checkLife(crowd, lists, violations));
            checkKeepers(evidence.chronicle(), crowd, dispersedNs, violations);
        });
    }

    private static long firstDeparture(Chronicle chronicle, String service) {
        return chronicle
                .all(Invoked.class)
                .filter(each -> each.service().equals(service))
                .mapToLong(each -> chronicle.leftNs(each.client()))
                .min()
                .orElse(Span.FOREVER);
    }

    private static void checkLife(Crowd crowd, List<Given> lists, Consumer<Violation> violations) {
        long complete = lists.stream()
                .filter(given -> given.listing().instances().size() == crowd.size())
                .mapToLong(given -> given.listing().revision())
                .min()
                .orElse(Long.MAX_VALUE);
        lists.stream()
                .filter(given -> given.listing().revision() > complete)
                .filter(given -> given.listing().instances().size() < crowd.least())
                .forEach(given -> violations.accept(new Violation(
                        Promise.CROWD_KEPT, given.inWords(crowd.service()) + tooFew(crowd, given.listing()))));
    }

    private static void checkKeepers(
            Chronicle chronicle, Crowd crowd, long dispersedNs, Consumer<Violation> violations) {
        long endNs = chronicle.lives().stream().mapToLong(Life::downNs).reduce(dispersedNs, Math::min);
        chronicle
                .all(Subscribed.class)
                .filter(each ->
                        each.hearing() == Hearing.KEEPING && each.service().equals(crowd.service()))
                .forEach(each -> {
                    List<Told> lists = chronicle
                            .all(Told.class)
                            .filter(told -> told.subscriber().equals(each.subscriber())
                                    && told.service().equals(crowd.service())
                                    && told.atNs() < endNs)
                            .dropWhile(told -> told.listing().instances().size() < crowd.size())
                            .toList();
                    lists.stream()
                            .filter(told -> told.listing().instances().size() < crowd.least())
                            .forEach(told -> violations.accept(new Violation(
                                    Promise.CROWD_KEPT,
                                    crowd.service() + " as told to " + told.subscriber() + " at " + Span.at(told.atNs())
                                            + tooFew(crowd, told.listing()))));
                });
    }

    private static String tooFew(Crowd crowd, Listing listing) {
        return " has " + listing.instances().size() + " of " + crowd.size() + " instances (expected: at least "
                + crowd.least() + ')';
    }
}

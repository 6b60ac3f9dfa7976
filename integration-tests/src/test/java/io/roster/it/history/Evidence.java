// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Answered;
import io.roster.it.history.Event.Told;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the checks look at.
 *
 * @param claims by service
 */
record Evidence(Chronicle chronicle, Rules rules, Map<String, List<Claim>> claims) {

    static Evidence of(List<Event> events, Rules rules) {
        Chronicle chronicle = new Chronicle(events);
        return new Evidence(chronicle, rules, Claims.of(chronicle, rules));
    }

    /** Everybody who ever spoke of a service. */
    Set<String> services() {
        Set<String> services = new TreeSet<>(claims.keySet());
        chronicle.all(Told.class).forEach(told -> services.add(told.service()));
        chronicle.all(Answered.class).forEach(answered -> services.add(answered.service()));
        return services;
    }

    /** The lists that carry a revision. */
    Stream<Given> counted(String service) {
        return given(service).filter(given -> given.listing().isCounted());
    }

    /** Every list that was given to anybody as the present one. */
    Stream<Given> given(String service) {
        return Stream.concat(
                chronicle
                        .all(Told.class)
                        .filter(told -> told.service().equals(service))
                        .map(told -> new Given(told.subscriber(), Long.MIN_VALUE, told.atNs(), told.listing())),
                chronicle
                        .all(Answered.class)
                        .filter(answered -> answered.service().equals(service))
                        .map(answered ->
                                new Given(Given.ASKED, answered.askedNs(), answered.atNs(), answered.listing())));
    }

    Moments moments(String service) {
        return new Moments(claims.getOrDefault(service, List.of()));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Told;
import io.roster.it.history.Moments.Moment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** {@link Promise#TRUE_AT_A_MOMENT} for lists without a revision: each subscriber has a sequence of moments of its own. */
final class PlainMomentsCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            Map<String, Moments> sequences = new HashMap<>();
            evidence.chronicle()
                    .all(Told.class)
                    .filter(told ->
                            told.service().equals(service) && !told.listing().isCounted())
                    .forEach(told -> {
                        Moments moments =
                                sequences.computeIfAbsent(told.subscriber(), any -> evidence.moments(service));
                        Moment moment = moments.next(told.listing(), 0, told.atNs());
                        if (!moment.isFound()) {
                            violations.accept(new Violation(
                                    Promise.TRUE_AT_A_MOMENT,
                                    service + " as told to " + told.subscriber() + " at " + Span.at(told.atNs())
                                            + " was not true from " + Span.at(moments.reachedNs()) + " on: "
                                            + moment.why()));
                        }
                    });
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@link Promise#SILENT_WHEN_EQUAL}. */
final class SilenceCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            for (Life life : evidence.chronicle().lives()) {
                TreeMap<Long, Given> byRevision = new TreeMap<>();
                evidence.counted(service)
                        .filter(given -> given.listing().epoch() == life.epoch())
                        .forEach(given -> byRevision.putIfAbsent(given.listing().revision(), given));
                for (Map.Entry<Long, Given> each : byRevision.entrySet()) {
                    Given next = byRevision.get(each.getKey() + 1);
                    if (next != null
                            && next.listing().saysTheSameAs(each.getValue().listing())) {
                        violations.accept(new Violation(
                                Promise.SILENT_WHEN_EQUAL,
                                next.inWords(service) + " says the same as the revision before"));
                    }
                }
            }
        }
    }
}

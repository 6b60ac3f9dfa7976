// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Misfit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@link Promise#NEVER_BACKWARDS}. */
final class OrderCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        List<Long> epochs =
                evidence.chronicle().lives().stream().map(Life::epoch).toList();
        evidence.chronicle()
                .all(Misfit.class)
                .forEach(misfit -> violations.accept(new Violation(
                        Promise.NEVER_BACKWARDS, "a change that does not fit what its reader has: " + misfit)));
        for (String service : evidence.services()) {
            Map<String, Given> last = new HashMap<>();
            evidence.counted(service)
                    .filter(given -> !given.to().equals(Given.ASKED))
                    .forEach(given -> {
                        Given before = last.put(given.to(), given);
                        if (before != null && isBackwards(before.listing(), given.listing(), epochs)) {
                            violations.accept(new Violation(
                                    Promise.NEVER_BACKWARDS,
                                    given.inWords(service) + " after " + before.inWords(service)));
                        }
                    });
            answers(evidence, service, epochs, violations);
        }
    }

    /** Of two questions, one asked after the other was answered, the later has the later answer. */
    private static void answers(Evidence evidence, String service, List<Long> epochs, Consumer<Violation> violations) {
        List<Given> answers = evidence.counted(service)
                .filter(given -> given.to().equals(Given.ASKED))
                .toList();
        for (int i = 1; i < answers.size(); i++) {
            Given before = answers.get(i - 1);
            Given after = answers.get(i);
            if (before.atNs() <= after.notBeforeNs() && isBackwards(before.listing(), after.listing(), epochs)) {
                violations.accept(new Violation(
                        Promise.NEVER_BACKWARDS, after.inWords(service) + " after " + before.inWords(service)));
            }
        }
    }

    private static boolean isBackwards(Listing before, Listing after, List<Long> epochs) {
        return before.epoch() == after.epoch()
                ? after.revision() < before.revision()
                : epochs.indexOf(after.epoch()) < epochs.indexOf(before.epoch());
    }
}

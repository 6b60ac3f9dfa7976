// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.ArrayList;
import java.util.List;

/** Judges a history. Pure. */
public final class Checker {

    private final Rules rules;

    public Checker(Rules rules) {
        this.rules = rules;
    }

    /** Every broken promise that the events show; none if all was well. */
    public List<Violation> check(List<Event> events) {
        Evidence evidence = Evidence.of(events, rules);
        List<Violation> violations = new ArrayList<>();
        Check.all().forEach(check -> check.check(evidence, violations::add));
        return violations;
    }
}

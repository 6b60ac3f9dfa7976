// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.List;
import java.util.function.Consumer;

/** Looks for one kind of broken promise in a history. */
@FunctionalInterface
interface Check {

    void check(Evidence evidence, Consumer<Violation> violations);

    /** All there are. */
    static List<Check> all() {
        return List.of(
                new DigestCheck(),
                new WordsCheck(),
                new OrderCheck(),
                new RevisionMomentsCheck(),
                new PlainMomentsCheck(),
                new RevisionAckCheck(),
                new SilenceCheck(),
                new SoonCheck(),
                new KeptListCheck(),
                new CrowdCheck(),
                new ConvergenceCheck(),
                new EmptyCheck());
    }
}

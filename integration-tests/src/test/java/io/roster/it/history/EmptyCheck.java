// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Emptied;
import java.util.function.Consumer;

/** {@link Promise#EMPTY_AT_THE_END}. */
final class EmptyCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        evidence.chronicle()
                .all(Emptied.class)
                .filter(end -> !end.isAll())
                .forEach(end -> violations.accept(new Violation(Promise.EMPTY_AT_THE_END, "left over: " + end)));
    }
}

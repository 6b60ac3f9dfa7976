// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/** An interceptor's answer: run the check, or skip it and say why. */
public sealed interface Verdict {

    Verdict RUN = new Run();

    static Verdict skip(String reason) {
        return new Skip(reason);
    }

    /** Nothing speaks against the check. */
    record Run() implements Verdict {}

    /**
     * The check must not run now.
     *
     * @param reason why, for a person
     */
    record Skip(String reason) implements Verdict {}
}

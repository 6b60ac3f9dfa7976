// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Listed;
import io.roster.it.history.Event.Invoked;

/**
 * One operation and what came of it.
 *
 * @param invoked the question
 * @param outcome the answer
 * @param answeredNs {@link Span#FOREVER} without an answer
 * @param epoch of the answer; 0 if it does not tell
 * @param revision of the answer; 0 if it does not tell
 */
record Operation(Invoked invoked, Outcome outcome, long answeredNs, long epoch, long revision) {

    enum Outcome {
        DONE,
        REFUSED,
        UNKNOWN
    }

    boolean isDone() {
        return outcome == Outcome.DONE;
    }

    boolean isRegistration() {
        return invoked.instance() != null;
    }

    /** Whether both are about one client's one instance. */
    boolean isOnTheSameAs(Operation other) {
        return invoked.client().equals(other.invoked.client())
                && invoked.service().equals(other.invoked.service())
                && invoked.address().equals(other.invoked.address());
    }

    /** Whether this is what the instance listed says, but for its health. */
    boolean says(Listed listed) {
        Listed said = invoked.instance();
        return said != null
                && said.address().equals(listed.address())
                && said.cluster().equals(listed.cluster())
                && said.weight() == listed.weight()
                && said.metadata().equals(listed.metadata());
    }

    @Override
    public String toString() {
        return "operation " + invoked.op() + " of " + invoked.client() + " on "
                + invoked.address().ip() + ":" + invoked.address().port() + " (asked at " + Span.at(invoked.atNs())
                + ", " + (isDone() ? "acknowledged at " + Span.at(answeredNs) : outcome.name()) + ')';
    }
}

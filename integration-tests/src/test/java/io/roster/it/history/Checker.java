// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a history. Pure: the same events give the same verdict.
 *
 * <p>Every registration carries the number of its operation in its metadata, so each instance in a list says which operation
 * it is from. An operation takes effect at one moment between question and answer; without an answer, at any moment after the
 * question or never. From that, and from what troubled its client, follows for each registration ({@link Claim}) when a true
 * list <em>may</em> have it and when it <em>must</em>. What is uncertain is decided in the server's favour.
 *
 * <p>Checked, under the names of {@link Promise}:
 *
 * <ul>
 *   <li>Lists with a revision (native subscribers, and every answer to a direct question): the digest is that of the content;
 *       one revision is one list for everybody; epochs and revisions never go back, of a subscriber or from one answer to the
 *       next; all lists of one service in one epoch have moments in the order of their revisions, at which they were true,
 *       each before it was received, and an answer's between question and answer; a list of the revision that an
 *       acknowledgement named, or a later one, has what was acknowledged; a diff fits the list that its reader has; a new
 *       revision differs from the one before; a native subscriber that nothing disturbs has the revision that was
 *       acknowledged within the bound, whatever happens to others.
 *   <li>Lists without (SDK, wire of Nacos): for each subscriber alone there are moments, in order, at which its lists were
 *       true.
 *   <li>All lists: every instance is word for word what some client had asked for by then; only one that lives by heartbeats,
 *       and whose client had trouble, is called unhealthy.
 *   <li>Hence an acknowledged registration is missing from no list while its publisher is there: one whose link broke and that
 *       was connected again within its grace is there; one that was killed, gone, silent or taken back is listed no longer
 *       than the bounds of {@link Rules}.
 *   <li>SDK subscribers, stale or not: of the list shown last before the server was killed nobody is missing afterwards whose
 *       publisher is alive and undisturbed but for the server.
 *   <li>A crowd that is lost at once: its service is never listed with fewer instances than the guard against mass losses
 *       promises, by anybody, until somebody of it leaves.
 *   <li>When all is quiet: the server has everything acknowledged of those clients that are there and come back by
 *       themselves, and every subscriber has the server's list and does not take it for stale. When all have left: no
 *       client, claim or subscription is left.
 * </ul>
 *
 * <p>Not checked: that an operation without an answer was done or was not; that what a client publishes is there, after it was
 * cut off for longer than its grace or the server was killed, before it is seen again or all is quiet; how soon SDK and
 * Nacos subscribers are told; what the flags of a list say (protected, guarded, settling); operators' overrides; views; memory.
 */
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

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/**
 * A list that somebody was given.
 *
 * @param to a subscriber, or {@link #ASKED}
 * @param notBeforeNs it was the present one at some time from here
 * @param atNs to here
 */
record Given(String to, long notBeforeNs, long atNs, Listing listing) {

    static final String ASKED = "one who asked";

    /** For people. */
    String inWords(String service) {
        return service + " as told to " + to + " at " + Span.at(atNs)
                + (listing.isCounted() ? " (revision " + listing.revision() + ')' : "");
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/** What a history is checked for. */
public enum Promise {
    /** A list's digest is that of its instances, and one revision of a service is one list for everybody. */
    DIGESTS_AGREE,
    /** Each instance listed is, word for word, what somebody asked for. */
    NOTHING_MADE_UP,
    /** Nobody is told an older epoch or revision than before, and the present is asked for in vain of no one. */
    NEVER_BACKWARDS,
    /**
     * Each list was true at a moment, moments do not go backwards, and an answer's moment lies between question and answer.
     * So nothing acknowledged is missing while its publisher lives, and nobody is listed for long after leaving.
     */
    TRUE_AT_A_MOMENT,
    /** A new revision says something new. */
    SILENT_WHEN_EQUAL,
    /** Who is not disturbed hears of an acknowledged change soon. */
    TOLD_SOON,
    /** Over a restart, nobody loses from a list those who are still there. */
    GOOD_LIST_KEPT,
    /** However many of a service are lost at once, it is not listed without most of those that may stay. */
    CROWD_KEPT,
    /** When all is quiet everybody has the same list, and it is the true one. */
    CONVERGES,
    /** When all have left nothing is left. */
    EMPTY_AT_THE_END
}

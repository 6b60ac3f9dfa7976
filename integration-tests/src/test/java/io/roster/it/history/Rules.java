// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.concurrent.TimeUnit;

/**
 * The bounds that a history is judged by, in nanoseconds.
 *
 * @param departureNs from the end of a client, its link sound, to the end of what it published
 * @param silenceNs from the last heartbeat of a client to the end of what it published
 * @param earliestSilenceNs before this long after the last sound moment nothing is taken off for silence
 * @param soonNs from an acknowledgement to the last undisturbed subscriber's ears
 * @param aftermathNs for how long after a disturbance its effects are still under way
 * @param graceSlackNs how much earlier than promised a grace may end as seen from outside
 * @param isPauseForgiven whether a server that was stopped and goes on has kept everybody
 * @param forgivenNs for how long after such a stop a client may stay away
 * @param staleNs how old the state may be that a warm start begins with
 * @param probationNs for how long after a warm start what nobody claims again is still listed
 */
public record Rules(
        long departureNs,
        long silenceNs,
        long earliestSilenceNs,
        long soonNs,
        long aftermathNs,
        long graceSlackNs,
        boolean isPauseForgiven,
        long forgivenNs,
        long staleNs,
        long probationNs) {

    /** The same with other bounds for a pause of the server. */
    Rules withPauses(boolean areForgiven, long forgivenMs) {
        return new Rules(
                departureNs,
                silenceNs,
                earliestSilenceNs,
                soonNs,
                aftermathNs,
                graceSlackNs,
                areForgiven,
                ns(forgivenMs),
                staleNs,
                probationNs);
    }

    /** The same for a server that may start warm. */
    public Rules withWarmStarts(long staleMs, long probationMs) {
        return new Rules(
                departureNs,
                silenceNs,
                earliestSilenceNs,
                soonNs,
                aftermathNs,
                graceSlackNs,
                isPauseForgiven,
                forgivenNs,
                ns(staleMs),
                ns(probationMs));
    }

    /** Bounds in milliseconds, for a server that forgives pauses. */
    public static Rules ofMs(
            long departure, long silence, long earliestSilence, long soon, long aftermath, long slack, long forgiven) {
        return new Rules(
                ns(departure),
                ns(silence),
                ns(earliestSilence),
                ns(soon),
                ns(aftermath),
                ns(slack),
                true,
                ns(forgiven),
                0,
                0);
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history. Times are nanoseconds of one monotonic clock, the one of the program that writes the history: a
 * cause is stamped before it is set in motion, an effect after it was seen.
 */
public sealed interface Event {

    long atNs();

    /**
     * A life of the server: it listens. Nothing of this life was so before it was launched; a warm one began with what the
     * life before had written down.
     */
    record ServerUp(long atNs, long launchedNs, long epoch, boolean isWarm) implements Event {}

    /** The server is about to be killed. */
    record ServerDown(long atNs) implements Event {}

    /** The server is about to be stopped in its tracks. */
    record ServerPaused(long atNs) implements Event {}

    /** The server runs again. */
    record ServerResumed(long atNs) implements Event {}

    /**
     * A client that publishes: where it sits, for trouble comes to places; how what it publishes lives; and for how long it
     * outlives a stream that breaks, if the client comes back.
     */
    record Joined(long atNs, String client, String place, Lifetime lifetime, long graceNs) implements Event {}

    /** A client is connected again, after trouble or without. */
    record Well(long atNs, String client) implements Event {}

    /** A client is about to ask for something; without an instance, to take one back. Operations are numbered from 1. */
    record Invoked(
            long atNs,
            int op,
            String client,
            String service,
            Address address,
            @Nullable Listed instance) implements Event {}

    /** The answer: it is done. Epoch and revision are 0 if the answer does not tell them. */
    record Acknowledged(long atNs, int op, long epoch, long revision) implements Event {}

    /** The answer: it was not done and never will be. */
    record Refused(long atNs, int op, String why) implements Event {}

    /** No answer: it may or may not be done, at any time. */
    record Unanswered(long atNs, int op, String why) implements Event {}

    /** From now on the clients and the subscriber of this place may lose their connections or hear late. */
    record Troubled(long atNs, String place, String fault) implements Event {}

    /** Nothing disturbs them any more, and what was held back is delivered or dropped. */
    record Calm(long atNs, String place) implements Event {}

    /** The stream of a client that does not come back has ended, for whatever reason. */
    record Lost(long atNs, String client) implements Event {}

    /** A client is about to go for good. */
    record Left(long atNs, String client, Parting parting) implements Event {}

    /** A subscriber waits for the list of a service from now on. */
    record Subscribed(long atNs, String subscriber, String service, Hearing hearing) implements Event {}

    /** A subscriber does not listen any more. */
    record Unsubscribed(long atNs, String subscriber) implements Event {}

    /** A subscriber holds this list of a service now. */
    record Told(long atNs, String subscriber, String service, Listing listing) implements Event {}

    /** A subscriber was told a change of a list that it does not have. */
    record Misfit(long atNs, String subscriber, String service, long fromRevision) implements Event {}

    /** A subscriber knows that its list may be out of date, and goes on with this one. */
    record Kept(long atNs, String subscriber, String service, List<Listed> instances) implements Event {}

    /** The server was asked for the list of a service, directly, and answered. */
    record Answered(long atNs, long askedNs, String service, Listing listing) implements Event {}

    /**
     * The instances of a service are this many, and they may all be lost at once, but come back: then so many of them stay
     * listed.
     */
    record Crowd(long atNs, String service, int size, int least) implements Event {}

    /** Something was broken on purpose. */
    record Fault(long atNs, String kind, String target) implements Event {}

    /** From now on nothing is done and nothing is broken. */
    record Quiet(long atNs) implements Event {}

    /** All had the time to hear the truth. */
    record Settled(long atNs) implements Event {}

    /**
     * All have left: what the server still holds.
     *
     * @param connections beside that of who asks
     * @param unfinishedBytes of messages that are not whole
     */
    record Emptied(long atNs, long clients, long claims, long subscriptions, long connections, long unfinishedBytes)
            implements Event {

        /** Whether nothing is left. */
        public boolean isAll() {
            return clients == 0 && claims == 0 && subscriptions == 0 && connections == 0 && unfinishedBytes == 0;
        }
    }
}

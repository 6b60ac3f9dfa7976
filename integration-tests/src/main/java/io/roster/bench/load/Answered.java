// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

/** What waits for an answer. Called on the client's loop. */
@FunctionalInterface
public interface Answered {

    /**
     * The answer to a request of this waiter.
     *
     * @param sinceNs what the request was sent with: when it was due, on {@link System#nanoTime()}'s clock
     */
    void onAnswer(BenchClient client, long sinceNs, byte[] reply);
}

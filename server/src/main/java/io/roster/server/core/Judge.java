// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/** Decides what silence means for one claim. Pure; called on the shard's loop. */
@FunctionalInterface
public interface Judge {

    /**
     * Judges one claim.
     *
     * @param registration a claim that lives by heartbeats
     * @param serviceChecked whether the service wants its instances judged
     * @param silenceMs how long nobody has beaten for it, not counting silence that may be the server's own
     */
    Fate judge(Registration registration, boolean serviceChecked, long silenceMs);
}

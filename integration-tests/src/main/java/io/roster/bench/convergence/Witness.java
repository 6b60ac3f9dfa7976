// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.convergence;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;

/** Hears what a {@link Mirror} sees happen. Called on the subscriber's loop. */
public interface Witness {

    /** An instance is new or has changed. */
    default void onSeen(Listed instance) {}

    /** An instance is gone. */
    default void onGone(Address address) {}

    /** The server has said what no correct server says. */
    void onViolation(String violation);
}

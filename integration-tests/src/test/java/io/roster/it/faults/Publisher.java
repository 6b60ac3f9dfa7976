// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;

/** A client that publishes, on one thread; what it does goes into the history. */
interface Publisher extends AutoCloseable {

    /** Registers, or registers anew, and waits for the answer for as long as such a client would. */
    void register(String service, Address address, double weight);

    void deregister(String service, Address address);

    /** Goes for good. No effect if it has gone. */
    @Override
    void close();

    /** Notes that it is connected, if it knows how to come back and is. Any thread. */
    default void noteIfWell() {}

    /** Whether it can be asked for anything; who cannot is to be replaced by another. */
    boolean isHere();
}

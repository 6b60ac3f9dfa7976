// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

/** A subscriber; what it is told goes into the history. */
interface Reader extends AutoCloseable {

    /** Stops reading what arrives, or reads on. Any thread. */
    void stall(boolean stalled);

    /** Listens no more. */
    @Override
    void close();
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

/** What can happen to a link. */
enum Trouble {
    /** RST both ways. */
    RESET,
    /** FIN both ways. */
    FIN,
    /** Everything comes late. */
    DELAY,
    /** Nothing passes for a while, then everything does. */
    HOLD_BOTH,
    HOLD_TO_SERVER,
    HOLD_TO_CLIENT,
    /** Bytes vanish, and nobody is told; at the end the connection is reset. */
    HALF_OPEN,
    /** Reset, and then nobody gets through for a while. */
    REFUSE,
    /** The server hears the end of the old connection after the client has connected again. */
    LATE_END
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

/** How a connection ends. */
public enum Ending {
    /** FIN: all that was said arrives. */
    ORDERLY,
    /** RST. */
    RESET
}

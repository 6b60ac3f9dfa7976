// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/** How a subscriber is told. */
public enum Hearing {
    /** With epoch, revision and digest, by the native wire itself. */
    COUNTED,
    /** Lists alone, by a client library that keeps a good list over restarts. */
    KEEPING,
    /** Lists alone, as told. */
    PLAIN
}

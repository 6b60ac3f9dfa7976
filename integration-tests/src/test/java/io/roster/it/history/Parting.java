// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/** How a client goes for good. */
public enum Parting {
    GOODBYE,
    /** Without a word. */
    DEATH
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

/** How a client goes. */
public enum Departure {
    /** It said goodbye, or left because it was asked to: what it published is taken back in its own name. */
    GOODBYE,
    /** It is gone without a word: its stream broke, or the server gave it up. */
    LOST
}

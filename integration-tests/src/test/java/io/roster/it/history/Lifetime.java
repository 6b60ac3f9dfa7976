// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/** How what a client publishes lives. */
public enum Lifetime {
    /** With one stream; when that ends, the client is gone. */
    STREAM,
    /** With its streams, of which the client opens one after the other and publishes everything on each. */
    RETURNING,
    /** By heartbeats, whatever carries them. */
    BEATS
}

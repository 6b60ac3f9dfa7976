// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

/** How what a client publishes stays alive. */
public enum Lifetime {
    /** As long as its connection. */
    CONNECTION,
    /** By heartbeats. */
    HEARTBEAT
}

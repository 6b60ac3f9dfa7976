// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/** What a judge decides about a claim that lives by heartbeats. */
public enum Fate {
    KEEP,
    MARK_UNHEALTHY,
    REMOVE
}

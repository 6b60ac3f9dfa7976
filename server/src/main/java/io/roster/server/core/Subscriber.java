// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Someone who wants to know each new list of the services it listens to. Called on the shard's loop, in the order of
 * revisions per service; must not block and must not call back into the shard.
 */
@FunctionalInterface
public interface Subscriber {

    /** A service has a new list. */
    void onSnapshot(ServiceSnapshot snapshot);
}

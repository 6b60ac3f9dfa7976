// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Someone who wants to know which services there are: those that somebody publishes or has configured. Called on the loop
 * of the service's shard, in order per service; must not block and must not call back into the shard.
 */
public interface NamesListener {

    /** A service was not there and now is. Its first list may be published a moment later. */
    void onListed(ServiceName service);

    /** A service is there no more. */
    void onUnlisted(ServiceName service);
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

/** A client that lives exactly as long as its stream. Thread: any. */
public final class ConnectionBasedClient extends Client {

    public ConnectionBasedClient(String id, ClientInfo info, long nowMs) {
        super(id, info, nowMs);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import org.jspecify.annotations.Nullable;

/**
 * How a client stands with its registry.
 *
 * @param state whether there is a connection
 * @param address the server in use, or last tried; null before the first attempt
 * @param serverId the id of the server in use, another after its restart; null unless connected
 * @param clientId the id under which that server knows this client; null unless connected
 * @param lastError why the last connection or attempt ended, for people; null if none has
 */
public record ServerStatus(
        State state,
        @Nullable String address,
        @Nullable String serverId,
        @Nullable String clientId,
        @Nullable String lastError) {
    /** Whether there is a connection. */
    public enum State {
        /** There is none, and the client keeps trying. */
        CONNECTING,
        /** Requests are answered. */
        CONNECTED,
        /** The client was closed. */
        CLOSED
    }

    /** For the messages of errors: "CONNECTING to 127.0.0.1:9848 (last error: ...)". */
    String inWords() {
        return state
                + (address == null ? "" : " to " + address)
                + (lastError == null ? "" : " (last error: " + lastError + ")");
    }
}

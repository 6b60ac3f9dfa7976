// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ClientMessage;
import io.roster.server.core.RegistryException;

/** What arrived on a stream: a message, or something that can only be refused. Either way the stream goes on. */
sealed interface Inbound {

    /** A message that could be read. */
    record Message(ClientMessage message) implements Inbound {}

    /**
     * Bytes that are no message, or too many of them.
     *
     * @param requestId as far as it could be read, else 0
     */
    record Unreadable(long requestId, RegistryException refusal) implements Inbound {}
}

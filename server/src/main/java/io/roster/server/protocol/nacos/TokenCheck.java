// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.Attributes;
import io.roster.proto.nacos.Payload;
import io.roster.server.core.RegistryException;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.transport.Callers;

/**
 * Finds out who makes a request: by the token in its headers, where Nacos clients put it, else by what the call itself shows.
 * Thread: any.
 */
final class TokenCheck {

    private static final String TOKEN = "accessToken";

    private final AccessControl access;

    TokenCheck(AccessControl access) {
        this.access = access;
    }

    /**
     * Who asks.
     *
     * @throws RegistryException UNAUTHENTICATED if there is a token, and it is nobody's
     */
    Caller caller(Connection connection, Attributes call, Payload request) {
        if (!access.isOn()) {
            return connection.anybody();
        }
        String token = request.getMetadata().getHeadersOrDefault(TOKEN, "");
        if (token.isEmpty()) {
            return Callers.of(access, call);
        }
        String from = connection.peer().address();
        try {
            return access.caller(access.byToken(token), from);
        } catch (RegistryException refusal) {
            access.unknown(from, request.getMetadata().getType(), refusal);
            throw refusal;
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.RegistryException;

/** What Nacos clients are told went wrong, and the one table from the registry's refusals to it. */
final class ErrorCode {

    /** The connection is not known: the only code that makes a client connect and register anew. */
    static final int UNREGISTERED = 301;

    static final int NO_HANDLER = 302;
    static final int INVALID_PARAM = 400;

    /** Makes a client log in anew. */
    static final int NO_RIGHT = 403;

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int SERVER_ERROR = 500;
    static final int NOT_IMPLEMENTED = 501;

    /** The request cannot be read, or is not for clients to make. */
    static final int BAD_GATEWAY = 502;

    static final int OVER_THRESHOLD = 503;
    static final int TOO_MANY_PATTERNS = 50_310;
    static final int TOO_MANY_MATCHES = 50_311;

    private ErrorCode() {}

    static int of(RegistryException refusal) {
        return switch (refusal.code()) {
            case INVALID_ARGUMENT -> INVALID_PARAM;
            case NOT_FOUND -> NOT_FOUND;
            case FAILED_PRECONDITION -> CONFLICT;
            case RESOURCE_EXHAUSTED -> OVER_THRESHOLD;
            case UNAVAILABLE -> UNREGISTERED;
            case UNIMPLEMENTED -> NOT_IMPLEMENTED;
            case INTERNAL -> SERVER_ERROR;
            case UNAUTHENTICATED, PERMISSION_DENIED -> NO_RIGHT;
        };
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.RegistryException;

/** Why a request was not done, before a {@link Dialect} words it. Carries no stack trace. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;
    private final String text;

    private final long retryAfterMs;

    private Refusal(int status, ErrorCode code, String text, long retryAfterMs) {
        super(text, null, false, false);
        this.retryAfterMs = retryAfterMs;
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static Refusal of(int status, ErrorCode code, String text) {
        return new Refusal(status, code, text, 0);
    }

    static Refusal bad(ErrorCode code, String text) {
        return new Refusal(400, code, text, 0);
    }

    static Refusal missing(String parameter) {
        return bad(ErrorCode.PARAMETER_MISSING, "Param '" + parameter + "' is required.");
    }

    static Refusal illegal(String parameter, String reason) {
        return bad(ErrorCode.PARAMETER_INVALID, "Param '" + parameter + "' is illegal, " + reason);
    }

    /** The one table from the registry's refusals to this wire's. */
    static Refusal of(RegistryException refusal) {
        String text = String.valueOf(refusal.getMessage());
        return switch (refusal.code()) {
            case INVALID_ARGUMENT ->
                bad(refusal.field().startsWith("metadata") ? ErrorCode.METADATA : ErrorCode.PARAMETER_INVALID, text);
            case NOT_FOUND -> of(404, ErrorCode.RESOURCE_NOT_FOUND, text);
            case FAILED_PRECONDITION -> bad(ErrorCode.RESOURCE_CONFLICT, text);
            case RESOURCE_EXHAUSTED, UNAVAILABLE -> new Refusal(503, ErrorCode.SERVER, text, refusal.retryAfterMs());
            case UNIMPLEMENTED -> bad(ErrorCode.INSTANCE, text);
            case INTERNAL -> of(500, ErrorCode.SERVER, text);
            case UNAUTHENTICATED, PERMISSION_DENIED -> of(403, ErrorCode.ACCESS_DENIED, text);
        };
    }

    /** In how many milliseconds it may be worth trying again; 0 if nobody can say. */
    long retryAfterMs() {
        return retryAfterMs;
    }

    int status() {
        return status;
    }

    ErrorCode code() {
        return code;
    }

    String text() {
        return text;
    }
}

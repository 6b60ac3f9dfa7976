// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import org.jspecify.annotations.Nullable;

/** Says why an operation has failed. The message names the operation, the service and what was expected. */
public final class RosterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why an operation has failed: what the registry answers, then what the client itself says. */
    public enum Code {
        /** A value is wrong in itself; repeating the operation is pointless. See {@link RosterException#field}. */
        INVALID_ARGUMENT,
        /** What the operation speaks of is not there. */
        NOT_FOUND,
        /** Right in itself, but not now. */
        FAILED_PRECONDITION,
        /** A limit of the registry or of the client is reached; the message names it. */
        RESOURCE_EXHAUSTED,
        /** The registry cannot do it yet. */
        UNIMPLEMENTED,
        /** A defect of the registry or of the client. */
        INTERNAL,
        /** The registry does not know who asks. */
        UNAUTHENTICATED,
        /** The registry knows who asks, and forbids it. */
        PERMISSION_DENIED,
        /** No answer in time; the message says how the connection stood. The registry may or may not have done it. */
        TIMEOUT,
        /** The client was closed before there was an answer. */
        CLOSED,
        /** The waiting thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED
    }

    private final Code code;

    private final @Nullable String field;

    RosterException(Code code, String message) {
        this(code, message, null, null);
    }

    RosterException(Code code, String message, @Nullable String field, @Nullable Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
        this.field = field;
    }

    public Code code() {
        return code;
    }

    /** The path of the offending field in the request, such as "register.instances[1].port"; null if none is to blame. */
    public @Nullable String field() {
        return field;
    }

    /** The same failure with the stack of the thread that waited for it. */
    RosterException seenHere() {
        return new RosterException(this);
    }

    private RosterException(RosterException cause) {
        super(cause.getMessage(), cause);
        this.code = cause.code;
        this.field = cause.field;
    }
}

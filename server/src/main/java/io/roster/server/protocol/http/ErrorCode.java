// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import org.jspecify.annotations.Nullable;

/** The codes of versions 2 and 3 that are in use here (spec 5.6). */
enum ErrorCode {
    PARAMETER_MISSING(10_000, "parameter missing"),
    ACCESS_DENIED(10_001, "access denied"),
    PARAMETER_INVALID(20_002, "parameter validate error"),
    RESOURCE_NOT_FOUND(20_004, "resource not found"),
    RESOURCE_CONFLICT(20_005, "resource conflict"),
    WEIGHT(21_001, "instance weight error"),
    METADATA(21_002, "instance metadata error"),
    INSTANCE_NOT_FOUND(21_003, "instance not found"),
    INSTANCE(21_004, "instance error"),
    SERVICE_EXISTS(21_007, "service already exist"),
    SERVICE_NOT_FOUND(21_008, "service not exist"),
    SERVICE_NOT_DELETED(21_009, "service delete failure"),
    STILL_CHECKED(21_011, "health check still running"),
    SERVER(30_000, "server error");

    private final int code;
    private final String message;

    ErrorCode(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The body that says this. */
    Reply reply(@Nullable Object details) {
        return new Reply(code, message, details);
    }

    /** A body of versions 2 and 3. */
    record Reply(int code, String message, @Nullable Object data) {

        static Reply success(@Nullable Object data) {
            return new Reply(0, "success", data);
        }
    }
}

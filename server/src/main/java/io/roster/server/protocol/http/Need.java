// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** What a caller must be let do to use a route. There is no route without. */
enum Need {
    /** Nothing; credentials are not even looked at. */
    NOTHING,
    /** Nothing if only the status is asked for, to operate everything if more is. */
    OPERATE_ALL_BUT_STATUS,
    /** To read something, whatever it is; the answer shows no more than that. */
    READ_SOMETHING,
    /** To read the service that the parameters name. */
    READ,
    /** To read the service that the end of the path names. */
    READ_BY_PATH,
    /** To publish in the service that the parameters name. */
    WRITE,
    /** To operate the service that the parameters name. */
    OPERATE,
    /** To operate everything. */
    OPERATE_ALL;

    boolean isForOperators() {
        return this == OPERATE || this == OPERATE_ALL;
    }
}

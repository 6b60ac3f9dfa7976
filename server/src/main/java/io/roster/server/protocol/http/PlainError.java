// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error outside the naming APIs, as Nacos answers it (spec 5.1, shape 2).
 *
 * @param timestamp when, ISO 8601
 * @param error the status in words
 * @param path what was asked for
 */
record PlainError(String timestamp, int status, String error, String message, String path) {

    static PlainError of(int status, String message, String path) {
        return new PlainError(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                status,
                HttpStatus.getMessage(status),
                message,
                path);
    }
}

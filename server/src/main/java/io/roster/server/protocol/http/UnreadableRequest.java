// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what could not be read as a request at all: heads too long, forbidden characters, broken bodies. */
final class UnreadableRequest extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object said = request.getAttribute(ERROR_MESSAGE);
        String message = said == null ? HttpStatus.getMessage(status) : said.toString();
        new Exchange(request, response, callback, Dialect.PLAIN, Parameters.NONE)
                .json(status, PlainError.of(status, message, Request.getPathInContext(request)));
        return true;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.transport.InboundBudget;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** Takes each request in, whole and bounded, and hands it to its route. Never blocks. Thread: any. */
final class RequestHandler extends Handler.Abstract.NonBlocking {

    private static final String RETRY_AFTER_S = "1";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Supplier<Routes> makeRoutes;
    private final Doorkeeper doorkeeper;
    private final int maxBodyBytes;
    private final InboundBudget unfinished;
    private volatile @Nullable Routes routes;

    /**
     * @param makeRoutes called at the first request: a start need not wait for a hundred lambdas
     */
    RequestHandler(Supplier<Routes> makeRoutes, Doorkeeper doorkeeper, int maxBodyBytes, InboundBudget unfinished) {
        this.makeRoutes = makeRoutes;
        this.doorkeeper = doorkeeper;
        this.maxBodyBytes = maxBodyBytes;
        this.unfinished = unfinished;
    }

    /** Two first requests at once may both make them; either result will do. */
    private Routes routes() {
        Routes made = routes;
        if (made == null) {
            made = makeRoutes.get();
            routes = made;
        }
        return made;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() > maxBodyBytes) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong());
            return true;
        }
        long reserved = bodyBytes(request);
        if (!unfinished.take(reserved, 0)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_S);
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "max-unfinished-bytes: " + unfinished.mostBytes() + " reached; try again later");
            return true;
        }
        Content.Source.asByteArrayAsync(request, maxBodyBytes, new Promise.Invocable<byte[]>() {
            @Override
            public void succeeded(byte[] body) {
                unfinished.giveBack(reserved);
                dispatch(request, response, callback, body);
            }

            @Override
            public void failed(Throwable failure) {
                unfinished.giveBack(reserved);
                fail(request, response, callback, failure);
            }

            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
            }
        });
        return true;
    }

    /** How long the body will be; the longest if it comes in chunks. */
    private long bodyBytes(Request request) {
        boolean isChunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return isChunked ? maxBodyBytes : Math.max(0, request.getLength());
    }

    private String tooLong() {
        return "the body is too long (expected: at most " + maxBodyBytes + " bytes)";
    }

    private void fail(Request request, Response response, Callback callback, Throwable failure) {
        if (failure instanceof IllegalStateException) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong());
        } else if (failure instanceof HttpException bad) {
            Response.writeError(request, response, callback, bad.getCode(), bad.getReason());
        } else {
            callback.failed(failure);
        }
    }

    private void dispatch(Request request, Response response, Callback callback, byte[] body) {
        String path = Request.getPathInContext(request);
        Routes.Match match = routes().find(request.getMethod(), path);
        Exchange exchange;
        try {
            Parameters parameters = FormDecoder.decode(request.getHttpURI().getQuery(), isForm(request) ? body : null);
            String rest = match.rest();
            Parameters all = rest == null ? parameters : parameters.with(Routes.REST, rest);
            exchange = new Exchange(request, response, callback, match.dialect(), all);
        } catch (Refusal refusal) {
            new Exchange(request, response, callback, match.dialect(), Parameters.NONE).refuse(refusal);
            return;
        }
        doorkeeper.admit(exchange, match);
    }

    private static boolean isForm(Request request) {
        @Nullable String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Ack;
import io.roster.server.core.RegistryException;
import io.roster.server.security.Caller;
import io.roster.server.security.Principal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its one answer: of several, the first counts. Thread: any. */
final class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private static final String JSON = "application/json;charset=UTF-8";
    private static final String TEXT = "text/plain;charset=UTF-8";

    /** People read a client library's name; nobody needs more of it. */
    private static final int MAX_AGENT_LENGTH = 128;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Dialect dialect;
    private final Parameters parameters;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Set before the route's call, and not afterwards. */
    private volatile @Nullable Caller caller;

    private volatile @Nullable IntConsumer whenAnswered;

    Exchange(Request request, Response response, Callback callback, Dialect dialect, Parameters parameters) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.dialect = dialect;
        this.parameters = parameters;
    }

    Parameters parameters() {
        return parameters;
    }

    Dialect dialect() {
        return dialect;
    }

    String path() {
        return Request.getPathInContext(request);
    }

    String method() {
        return request.getMethod();
    }

    /** A header, the first of that name; null if there is none. */
    @Nullable
    String header(String name) {
        return request.getHeaders().get(name);
    }

    /** The certificate that the client has shown and that is trusted; null if there is none. */
    @Nullable
    X509Certificate certificate() {
        Object session = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        if (!(session instanceof EndPoint.SslSessionData tls)) {
            return null;
        }
        X509Certificate[] chain = tls.peerCertificates();
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    /** It is known who asks. */
    void identified(Caller known) {
        caller = known;
    }

    /** Who asks. */
    Caller caller() {
        Caller known = caller;
        return known == null ? new Caller(Principal.NOBODY, from()) : known;
    }

    /** Where the request comes from, {@code ip:port}. */
    String from() {
        return host() + ':' + peer().getPort();
    }

    /** The same without the port. */
    String host() {
        return peer().getAddress().getHostAddress();
    }

    /** Has somebody told the status of the answer, once. */
    void whenAnswered(IntConsumer told) {
        whenAnswered = told;
    }

    /** Whether nothing is to be changed. */
    boolean isRead() {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }

    /** This server's end of the connection. */
    InetSocketAddress local() {
        return (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
    }

    /** The requester's end of the connection, whatever it says of itself. */
    InetSocketAddress peer() {
        return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
    }

    /** The client library as it names itself, or empty. */
    String agent() {
        String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
        return agent == null ? "" : agent.substring(0, Math.min(agent.length(), MAX_AGENT_LENGTH));
    }

    void ok() {
        data("ok");
    }

    /** Answers with what was asked for, in the words of the dialect. */
    void data(Object data) {
        dialect.data(this, data);
    }

    void refuse(Refusal refusal) {
        if (refusal.retryAfterMs() > 0) {
            // Whole seconds, as HTTP has it; less than one is one.
            header("Retry-After", Long.toString((refusal.retryAfterMs() + 999) / 1_000));
        }
        // Of who may not, all versions speak alike (spec 5.7).
        (refusal.code() == ErrorCode.ACCESS_DENIED ? Dialect.PLAIN : dialect).refuse(this, refusal);
    }

    void json(int status, Object body) {
        encoded(status, Json.bytes(body));
    }

    /** JSON that was encoded before, perhaps for others too. */
    void encoded(int status, byte[] json) {
        send(status, JSON, json);
    }

    void text(int status, String body) {
        send(status, TEXT, body.getBytes(StandardCharsets.UTF_8));
    }

    void header(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /** Answers when the registry has acknowledged or refused; back on the port's threads, not on the shard's loop. */
    Ack acking(Runnable done) {
        return (revision, refusal) -> later(() -> {
            if (refusal == null) {
                done.run();
            } else {
                throw refusal;
            }
        });
    }

    /** Answers with what the loops say. */
    <T> void answerWhen(CompletableFuture<T> question, Consumer<T> answer) {
        var unused = question.whenComplete((value, failure) -> later(() -> {
            if (failure instanceof CompletionException && failure.getCause() instanceof RegistryException refusal) {
                throw refusal;
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            answer.accept(value);
        }));
    }

    /** Goes on with the answer on the port's threads; once the port has closed there is nobody to answer. */
    void later(Runnable answer) {
        try {
            request.getComponents().getExecutor().execute(() -> guard(answer));
        } catch (RejectedExecutionException closed) {
            log.debug("{} {} is not answered: the port has closed", request.getMethod(), path());
        }
    }

    /** Runs a part of the answer; whatever it throws becomes the answer. */
    void guard(Runnable part) {
        try {
            part.run();
        } catch (Refusal refusal) {
            refuse(refusal);
        } catch (RegistryException refusal) {
            refuse(Refusal.of(refusal));
        } catch (RuntimeException failure) {
            log.error("{} {} failed", request.getMethod(), path(), failure);
            refuse(Refusal.of(500, ErrorCode.SERVER, "the server failed; its log says why"));
        }
    }

    private void send(int status, String type, byte[] body) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        IntConsumer told = whenAnswered;
        if (told != null) {
            told.accept(status);
        }
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.AuthGrpc;
import io.roster.proto.v1.LoginRequest;
import io.roster.proto.v1.LoginResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session shows with each call: a token, which is renewed before it expires. All state belongs to the loop, but for
 * the token, which calls read on any thread.
 */
final class Pass implements ClientInterceptor {
    private static final Logger log = LoggerFactory.getLogger(Pass.class);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** A server that gives tokens for less is not asked all the time. */
    private static final long LEAST_LIFETIME_MS = 1_000;

    private final Loop loop;
    private final Identity identity;
    private volatile @Nullable String token;
    private Loop.@Nullable Timer renewal;
    private boolean isClosed;

    Pass(Loop loop, Identity identity) {
        this.loop = loop;
        this.identity = identity;
        this.token = identity instanceof Identity.Token own ? own.secret() : null;
    }

    /** The channel, with the token shown in each call. */
    Channel over(Channel channel) {
        return identity instanceof Identity.Unsaid ? channel : ClientInterceptors.intercept(channel, this);
    }

    /** Logs in if need be; exactly one of the two is called, at once or later, unless the pass is closed before. */
    void obtain(Channel channel, Runnable onReady, Consumer<String> onRefused) {
        assert loop.inLoop();
        if (identity instanceof Identity.Password password) {
            logIn(channel, password, onReady, onRefused);
        } else {
            onReady.run();
        }
    }

    private void logIn(Channel channel, Identity.Password password, Runnable onReady, Consumer<String> onRefused) {
        LoginRequest request = LoginRequest.newBuilder()
                .setUser(password.user())
                .setPassword(password.password())
                .build();
        AuthGrpc.newStub(channel)
                .withDeadlineAfter(ClientSettings.CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .login(request, new StreamObserver<>() {
                    @Override
                    public void onNext(LoginResponse response) {
                        loop.execute(() -> {
                            if (!isClosed) {
                                keep(channel, password, response);
                                onReady.run();
                            }
                        });
                    }

                    @Override
                    public void onError(Throwable failure) {
                        Status status = Status.fromThrowable(failure);
                        loop.execute(() -> {
                            if (!isClosed) {
                                onRefused.accept("login of " + password + " refused: " + status.getCode() + " "
                                        + status.getDescription());
                            }
                        });
                    }

                    @Override
                    public void onCompleted() {}
                });
    }

    private void keep(Channel channel, Identity.Password password, LoginResponse response) {
        if (!response.getAccessToken().isEmpty()) {
            token = response.getAccessToken();
            long lifetimeMs = Math.max(response.getExpiresInMs(), LEAST_LIFETIME_MS);
            renewAfter(lifetimeMs - lifetimeMs / 5, channel, password);
        }
    }

    /** A renewal that fails is tried again: the session itself outlives its token. */
    private void renewAfter(long delayMs, Channel channel, Identity.Password password) {
        renewal = loop.schedule(
                delayMs,
                () -> logIn(channel, password, () -> log.debug("{} has logged in again", password), cause -> {
                    log.warn("{}", cause);
                    renewAfter(ClientSettings.LOGIN_RETRY_MS, channel, password);
                }));
    }

    /** Shows nothing any more. */
    void close() {
        isClosed = true;
        if (renewal != null) {
            renewal.cancel();
        }
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> responses, Metadata headers) {
                String shown = token;
                if (shown != null) {
                    headers.put(AUTHORIZATION, "Bearer " + shown);
                }
                super.start(responses, headers);
            }
        };
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC end of a session: posts to the loop what comes in, and asks the server for more only as the loop gets through
 * it. The callbacks run on the network's threads, everything else on the loop.
 */
final class SessionStream implements ClientResponseObserver<ClientMessage, ServerMessage> {
    /** Messages under way to the loop: enough to keep it busy, and a bound to its queue. */
    private static final int WINDOW = 64;

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** Is told once that the stream has ended. */
    @FunctionalInterface
    interface OnEnd {
        /**
         * The stream has ended.
         *
         * @param retryAfterMs when the server asks to be tried again; 0 if it does not say
         */
        void ended(String cause, long retryAfterMs);
    }

    private final Loop loop;
    private final Consumer<ServerMessage> onMessage;
    private final OnEnd onEnd;
    private @Nullable ClientCallStreamObserver<ClientMessage> requests;

    SessionStream(Loop loop, Consumer<ServerMessage> onMessage, OnEnd onEnd) {
        this.loop = loop;
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    void open(RegistryGrpc.RegistryStub stub) {
        stub.connect(this);
    }

    void send(ClientMessage message) {
        requests().onNext(message);
    }

    void halfClose() {
        requests().onCompleted();
    }

    /** Nothing may be sent afterwards. No effect on a stream that has ended, or was never opened. */
    void cancel(String cause) {
        if (requests != null) {
            requests.cancel(cause, null);
        }
    }

    /** Called by gRPC within {@link #open}. */
    @Override
    public void beforeStart(ClientCallStreamObserver<ClientMessage> stream) {
        requests = stream;
        stream.disableAutoRequestWithInitial(WINDOW);
    }

    @Override
    public void onNext(ServerMessage message) {
        loop.execute(() -> {
            onMessage.accept(message);
            requests().request(1);
        });
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String cause = status.getCause() == null ? "" : ": " + status.getCause().getMessage();
        long retryAfterMs = retryAfterMs(Status.trailersFromThrowable(failure));
        loop.execute(() -> onEnd.ended(status.getCode() + " " + status.getDescription() + cause, retryAfterMs));
    }

    private static long retryAfterMs(@Nullable Metadata trailers) {
        String text = trailers == null ? null : trailers.get(PUSHBACK);
        return text == null || !text.matches("\\d{1,9}") ? 0 : Long.parseLong(text);
    }

    @Override
    public void onCompleted() {
        loop.execute(() -> onEnd.ended("closed by the server", 0));
    }

    private ClientCallStreamObserver<ClientMessage> requests() {
        if (requests == null) {
            throw new IllegalStateException("not open");
        }
        return requests;
    }
}

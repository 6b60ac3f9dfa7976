// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose program takes messages only while the test says so. Its gRPC library goes on answering pings, so that the
 * connection stays: only HTTP/2's flow control tells the server that nobody reads.
 */
final class DeafReader implements ClientResponseObserver<ClientMessage, ServerMessage>, AutoCloseable {

    private final ManagedChannel channel;
    private final AtomicLong ids = new AtomicLong();
    private final List<ServerMessage> heard = new CopyOnWriteArrayList<>();
    private @Nullable ClientCallStreamObserver<ClientMessage> stream;
    private volatile boolean reads = true;
    private volatile @Nullable Status end;

    DeafReader(int grpcPort) {
        channel = Grpc.newChannelBuilderForAddress("127.0.0.1", grpcPort, InsecureChannelCredentials.create())
                .build();
        RegistryGrpc.newStub(channel).connect(this);
        says(ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setProtocolVersion(1).setClientKind(ClientKind.CONNECTION)));
    }

    void says(ClientMessage.Builder message) {
        stream().onNext(message.setRequestId(ids.incrementAndGet()).build());
    }

    void stopsReading() {
        reads = false;
    }

    void readsAgain() {
        reads = true;
        stream().request(1);
    }

    List<ServerMessage> heard() {
        return heard;
    }

    /** How the stream has ended, or null. */
    @Nullable
    Status end() {
        return end;
    }

    String clientId() {
        return heard.get(0).getWelcome().getClientId();
    }

    private ClientCallStreamObserver<ClientMessage> stream() {
        return Objects.requireNonNull(stream);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientMessage> requests) {
        stream = requests;
        requests.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ServerMessage message) {
        heard.add(message);
        if (reads) {
            stream().request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end = Status.fromThrowable(failure);
    }

    @Override
    public void onCompleted() {
        end = Status.OK;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Heartbeat;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole server behind a real socket. */
class RosterServerTest {

    private static final int MAX_MESSAGE_BYTES = 10_000;

    private final RosterServer server;
    private final ManagedChannel channel;
    private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> end = new LinkedBlockingQueue<>();

    RosterServerTest() throws IOException {
        server = RosterServer.builder()
                .port(0)
                .set(Setting.MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES)
                .set(Setting.SHUTDOWN_GRACE, 2_000)
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void aMessageOverTheLimitIsRefusedAndTheStreamGoesOn() throws InterruptedException {
        StreamObserver<ClientMessage> stream = connect();
        stream.onNext(message(1)
                .setHello(Hello.newBuilder().setClientKind(ClientKind.CONNECTION))
                .build());
        assertThat(reply().getCode()).isEqualTo(Reply.Code.OK);
        Instance big = Instance.newBuilder()
                .setIp("10.0.0.1")
                .putMetadata("k", "v".repeat(2 * MAX_MESSAGE_BYTES))
                .build();
        stream.onNext(message(2)
                .setRegister(Register.newBuilder()
                        .setService(ServiceRef.newBuilder().setName("orders"))
                        .addInstances(big))
                .build());
        Reply refusal = reply();
        assertThat(refusal.getRequestId()).isEqualTo(2);
        assertThat(refusal.getCode()).isEqualTo(Reply.Code.RESOURCE_EXHAUSTED);
        stream.onNext(message(3).setHeartbeat(Heartbeat.getDefaultInstance()).build());
        assertThat(reply().getCode()).isEqualTo(Reply.Code.OK);
    }

    @Test
    void aServerThatStopsTellsItsStreamsToGoElsewhereAndTakesNothingBack() throws InterruptedException {
        StreamObserver<ClientMessage> stream = connect();
        stream.onNext(message(1)
                .setHello(Hello.newBuilder().setClientKind(ClientKind.CONNECTION))
                .build());
        assertThat(reply().getCode()).isEqualTo(Reply.Code.OK);
        server.close();
        assertThat(next().getGoAway().getReconnectDelayMs()).isPositive();
        assertThat(end.poll(10, TimeUnit.SECONDS)).contains("UNAVAILABLE");
        assertThat(heard).isEmpty();
    }

    @Test
    void twoServersLiveInOneProcess() throws IOException {
        try (RosterServer second = RosterServer.builder().port(0).start()) {
            assertThat(second.grpcPort()).isPositive().isNotEqualTo(server.grpcPort());
        }
    }

    @Test
    void aPortThatIsTakenIsAnIoException() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RosterServer.builder()
                        .port(0)
                        .set(Setting.GRPC_PORT, server.grpcPort())
                        .start());
    }

    private StreamObserver<ClientMessage> connect() {
        return ClientCalls.asyncBidiStreamingCall(
                channel.newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT), new StreamObserver<>() {
                    @Override
                    public void onNext(ServerMessage message) {
                        heard.add(message);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end.add(String.valueOf(failure));
                    }

                    @Override
                    public void onCompleted() {
                        end.add("OK");
                    }
                });
    }

    private static ClientMessage.Builder message(long requestId) {
        return ClientMessage.newBuilder().setRequestId(requestId);
    }

    private ServerMessage next() throws InterruptedException {
        ServerMessage message = heard.poll(10, TimeUnit.SECONDS);
        assertThat(message)
                .as("a message within 10 s; the stream ended with %s", end)
                .isNotNull();
        return message == null ? ServerMessage.getDefaultInstance() : message;
    }

    private Reply reply() throws InterruptedException {
        ServerMessage message = next();
        return message.hasReply() ? message.getReply() : next().getReply();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import io.roster.server.RosterServer;
import io.roster.server.Setting;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wire over real connections: what makes calls and a stream one client, and what ends it. */
@Timeout(30)
class NacosGrpcTest {

    private RosterServer server;

    @BeforeEach
    void start() throws IOException {
        server = RosterServer.builder()
                .port(0)
                .set(Setting.MAX_MESSAGE_BYTES, 1_024)
                .set(Setting.SETTLING, 0)
                .set(Setting.SHUTDOWN_GRACE, 100)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void callsOverTheTransportThatWasSetUpAreTheClientsAndNoOthersAre() {
        try (Client client = new Client();
                Client stranger = new Client()) {
            assertThat(client.ask("ServerCheckRequest", "{}")).contains("\"supportAbilityNegotiation\":true");
            client.setUp();
            assertThat(client.ask("HealthCheckRequest", "{}")).contains("\"resultCode\":200");
            assertThat(stranger.ask("HealthCheckRequest", "{}")).contains("\"errorCode\":301");
        }
    }

    @Test
    void whatOneClientRegistersAnotherIsTold() throws InterruptedException {
        try (Client provider = new Client();
                Client consumer = new Client()) {
            provider.setUp();
            consumer.setUp();
            consumer.ask("SubscribeServiceRequest", "{\"serviceName\":\"orders\",\"subscribe\":true}");
            assertThat(consumer.next()).contains("\"hosts\":[]");
            provider.ask(
                    "InstanceRequest",
                    "{\"serviceName\":\"orders\",\"type\":\"registerInstance\",\"instance\":{\"ip\":\"10.0.0.1\"}}");
            assertThat(consumer.ask("ServiceQueryRequest", "{\"serviceName\":\"orders\"}"))
                    .contains("10.0.0.1");
            assertThat(consumer.next()).startsWith("NotifySubscriberRequest").contains("10.0.0.1");
            provider.leave();
            assertThat(consumer.next()).contains("\"hosts\":[]");
        }
    }

    @Test
    void aBodyFarTooLongEndsItsCallAndNothingElse() {
        try (Client client = new Client()) {
            client.setUp();
            assertThatThrownBy(() -> client.ask("InstanceRequest", "x".repeat(1 << 20)))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refusal -> assertThat(refusal.getStatus().getCode())
                                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
            assertThat(client.ask("HealthCheckRequest", "{}")).contains("\"resultCode\":200");
        }
    }

    @Test
    void aServerThatStopsSaysSoFirst() throws InterruptedException {
        try (Client client = new Client()) {
            client.setUp();
            server.close();
            assertThat(client.next()).startsWith("ConnectResetRequest");
            assertThat(client.next()).isEqualTo("the end");
        }
    }

    /** A client with a transport of its own. */
    private final class Client implements AutoCloseable, StreamObserver<Payload> {

        private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        void setUp() {
            StreamObserver<Payload> stream =
                    BiRequestStreamGrpc.newStub(channel).requestBiStream(this);
            stream.onNext(FakeCall.payload("ConnectionSetupRequest", "{\"abilityTable\":{}}"));
            try {
                assertThat(next()).startsWith("SetupAckRequest");
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
        }

        String ask(String type, String json) {
            return text(RequestGrpc.newBlockingStub(channel).request(FakeCall.payload(type, json)));
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
        }

        private static String text(Payload payload) {
            return payload.getMetadata().getType()
                    + ' '
                    + payload.getBody().getValue().toStringUtf8();
        }

        @Override
        public void onNext(Payload payload) {
            heard.add(text(payload));
        }

        @Override
        public void onError(Throwable failure) {
            heard.add("the end");
        }

        @Override
        public void onCompleted() {
            heard.add("the end");
        }

        @Override
        public void close() {
            leave();
        }

        void leave() {
            channel.shutdownNow();
        }
    }
}

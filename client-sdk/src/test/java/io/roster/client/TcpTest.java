// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.roster.client.RosterException.Code;
import io.roster.proto.v1.ClientMessage.BodyCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The blocking forms, on the client's real threads, over a real socket. */
@Timeout(30)
final class TcpTest {
    private static final Instance A = Instance.of("10.0.0.1", 80);

    private final FakeServer fake = new FakeServer();
    private Server server = NettyServerBuilder.forPort(1).build();

    @BeforeEach
    void begin() throws IOException {
        server = start(0);
    }

    @AfterEach
    void end() {
        server.shutdownNow();
    }

    @Test
    void registersListensReconnectsAndLeaves() throws Exception {
        fake.list("orders", 1, A);
        BlockingQueue<ServiceEvent> events = new LinkedBlockingQueue<>();
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        try (RosterClient client = RosterClient.connect("127.0.0.1:" + server.getPort())) {
            client.registerInstance("orders", "10.0.0.1", 80);
            client.subscribe("orders", event -> {
                threads.add(Thread.currentThread().getName());
                events.add(event);
            });
            assertThat(next(events).added()).containsExactly(A);
            assertThat(client.selectOneHealthyInstance("orders")).contains(A);
            assertThat(client.getServices("")).hasSize(1);

            int port = server.getPort();
            server.shutdownNow().awaitTermination();
            assertThat(next(events).isStale()).isTrue();
            server = start(port);
            assertThat(next(events).isStale()).isFalse();

            assertThat(fake.stream().received(BodyCase.REGISTER)).hasSize(1);
            assertThat(client.getAllInstances("orders")).containsExactly(A);
            client.deregisterInstance("orders", "10.0.0.1", 80);
        }
        assertThat(fake.stream().isHalfClosed).isTrue();
        assertThat(threads).containsOnly("roster-listeners");
    }

    @Test
    void aFailureHasTheStackOfItsCaller() {
        fake.answers = message -> message.hasQuery() ? null : FakeServer.ok();
        try (RosterClient client = RosterClient.builder()
                .servers("127.0.0.1:" + server.getPort())
                .timeout(Duration.ofMillis(100))
                .build()) {
            assertThatThrownBy(() -> client.getAllInstances("orders"))
                    .isInstanceOfSatisfying(
                            RosterException.class,
                            failure -> assertThat(failure.code()).isEqualTo(Code.TIMEOUT))
                    .satisfies(failure -> assertThat(failure.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(TcpTest.class.getName())));
        }
    }

    @Test
    void whatDependsOnAnAnswerMayBlock() throws Exception {
        try (RosterClient client = RosterClient.connect("127.0.0.1:" + server.getPort())) {
            CompletableFuture<InstanceList> second = client.getAllInstancesAsync("orders")
                    .thenApply(first -> client.getAllInstances(ServiceName.of("orders")));

            assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void aClosedClientSaysSo() {
        RosterClient client = RosterClient.connect("127.0.0.1:" + server.getPort());
        client.close();
        client.close();

        assertThatThrownBy(() -> client.registerInstance("orders", "10.0.0.1", 80))
                .isInstanceOfSatisfying(
                        RosterException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.CLOSED));
    }

    @Test
    void anInterruptedCallerIsToldAndStaysInterrupted() {
        fake.answers = message -> message.hasQuery() ? null : FakeServer.ok();
        try (RosterClient client = RosterClient.connect("127.0.0.1:" + server.getPort())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.getAllInstances("orders"))
                    .isInstanceOfSatisfying(
                            RosterException.class,
                            failure -> assertThat(failure.code()).isEqualTo(Code.INTERRUPTED));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Server start(int port) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(fake)
                .build()
                .start();
    }

    private static ServiceEvent next(BlockingQueue<ServiceEvent> events) throws InterruptedException {
        ServiceEvent event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }
}

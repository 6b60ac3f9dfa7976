// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A client, its servers and its clock, all on the test's own thread: nothing happens but by {@link #run} and {@link
 * #advance}.
 */
final class Stage implements AutoCloseable {
    static final long TIMEOUT_MS = 5_000;

    final ManualLoop loop = new ManualLoop();
    final List<ServerAddress> tried = new ArrayList<>();
    private final String name = UUID.randomUUID().toString();
    private final Map<String, Server> servers = new HashMap<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** Starts a server at an address such as "a:1". */
    FakeServer server(String address) {
        FakeServer fake = new FakeServer();
        start(address, fake);
        return fake;
    }

    void start(String address, FakeServer fake) {
        start(address, fake.bindService());
    }

    void start(String address, ServerServiceDefinition... services) {
        try {
            servers.put(
                    address,
                    InProcessServerBuilder.forName(name + address)
                            .directExecutor()
                            .addServices(List.of(services))
                            .build()
                            .start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Breaks all streams of the server and lets nobody in. */
    void stop(String address) {
        Objects.requireNonNull(servers.remove(address)).shutdownNow();
        run();
    }

    RosterClient client(UnaryOperator<RosterClientBuilder> builder, String... addresses) {
        ClientSettings settings = builder.apply(RosterClient.builder()
                        .servers(addresses)
                        .timeout(Duration.ofMillis(TIMEOUT_MS))
                        .listenerExecutor(Runnable::run))
                .settings();
        RosterClient client = new RosterClient(settings, loop, this::channel, new Random(1), () -> {});
        run();
        return client;
    }

    private ManagedChannel channel(ServerAddress address) {
        tried.add(address);
        ManagedChannel channel =
                InProcessChannelBuilder.forName(name + address).directExecutor().build();
        channels.add(channel);
        return channel;
    }

    RosterClient client(String... addresses) {
        return client(builder -> builder, addresses);
    }

    void run() {
        loop.run();
    }

    void advance(long ms) {
        loop.advance(ms);
    }

    /** Long enough for the next attempt to connect, whatever the jitter. */
    void advanceToReconnect() {
        advance(ClientSettings.RECONNECT_FIRST_MS * 2);
    }

    /** What the future is answered, after the loop has run. */
    <T> T answer(CompletableFuture<T> future) {
        run();
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** With what the future fails, after the loop has run. */
    RosterException failure(CompletableFuture<?> future) {
        run();
        try {
            Object answer = future.get(10, TimeUnit.SECONDS);
            throw new AssertionError("answered " + answer);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(RosterException.class);
            return (RosterException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** With what the future fails once this time has passed. */
    RosterException failureOf(CompletableFuture<?> future, long afterMs) {
        advance(afterMs);
        return failure(future);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        servers.values().forEach(Server::shutdownNow);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.roster.server.security.AccessControl;
import io.roster.server.security.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC port: the wires spoken on it, beside health, reflection and channelz. Thread: any.
 */
public final class GrpcEndpoint {

    /**
     * A half-open peer is found within the time of a ping and its timeout together: 13 s. gRPC pings no more often than every
     * 10 s, whatever it is told.
     */
    private static final long PING_EVERY_MS = 10_000;

    private static final long PING_TIMEOUT_MS = 3_000;

    /** Clients that ping every 5 s are well-behaved; gRPC's default would drop them. */
    private static final long CLIENT_PINGS_NO_FASTER_THAN_MS = 4_000;

    /** More than any client has under way at once; a bound on what a connection may cost that does not read its answers. */
    private static final int MAX_CALLS_PER_CONNECTION = 10_000;

    /** Who gives up calls faster than this, for so many seconds, makes them to do harm: its connection is ended. */
    private static final int MAX_RESETS = 10_000;

    private static final int RESETS_WINDOW_S = 10;

    private static final int CHANNELZ_PAGE = 100;
    private static final int BACKLOG = 8_192;

    private final Server server;
    private final HealthStatusManager health;

    private GrpcEndpoint(Server server, HealthStatusManager health) {
        this.server = server;
        this.health = health;
    }

    /**
     * Opens the port.
     *
     * @param intake what the port takes in
     * @param maxMessageBytes a longer message of a client ends its call
     * @param transports is told of each connection that begins and ends, on the loop that owns it
     * @param tls null for plain text
     * @param access who may call what
     * @throws IOException if the address cannot be bound
     */
    public static GrpcEndpoint open(
            InetSocketAddress address,
            @Nullable ServerTls tls,
            AccessControl access,
            NettyEventLoops loops,
            Intake intake,
            int maxMessageBytes,
            List<GuardedService> services,
            List<ServerTransportFilter> transports)
            throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(loops.group())
                .workerEventLoopGroup(loops.group())
                .channelFactory(() -> loops.newListener(intake.connections()))
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .withChildOption(ChannelOption.TCP_NODELAY, true)
                .directExecutor()
                .maxInboundMessageSize(maxMessageBytes)
                .keepAliveTime(PING_EVERY_MS, TimeUnit.MILLISECONDS)
                .keepAliveTimeout(PING_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(CLIENT_PINGS_NO_FASTER_THAN_MS, TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .addStreamTracerFactory(new UnfinishedMessages(intake.unfinished()))
                .maxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_S);
        if (tls != null) {
            builder.sslContext(sslContext(tls));
        }
        transports.forEach(builder::addTransportFilter);
        for (GuardedService service : services) {
            add(builder, access, service);
            health.setStatus(service.definition().getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
        // Probes have no credentials. The schema is no secret, but nobody's business who may not read; the sockets and
        // what
        // goes over them are for whoever looks after the server.
        add(builder, access, new GuardedService(health.getHealthService().bindService(), Door.OPEN));
        add(
                builder,
                access,
                new GuardedService(ProtoReflectionServiceV1.newInstance().bindService(), Door.READERS));
        add(builder, access, new GuardedService(reflectionV1Alpha().bindService(), Door.READERS));
        add(
                builder,
                access,
                new GuardedService(ChannelzService.newInstance(CHANNELZ_PAGE).bindService(), Door.OPERATORS_OF_ALL));
        return new GrpcEndpoint(builder.build().start(), health);
    }

    private static void add(NettyServerBuilder builder, AccessControl access, GuardedService service) {
        builder.addService(
                access.isOn()
                        ? ServerInterceptors.intercept(service.definition(), new Doorkeeper(access, service.door()))
                        : service.definition());
    }

    private static SslContext sslContext(ServerTls tls) throws IOException {
        ClientAuth clientAuth = switch (tls.clientAuth()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
        SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keys()))
                .protocols(tls.protocols())
                .clientAuth(clientAuth);
        X509ExtendedTrustManager trust = tls.trust();
        return (trust == null ? context : context.trustManager(trust)).build();
    }

    /** Older tools ask with the older version of the protocol; gRPC marks it as deprecated, but they are in use. */
    @SuppressWarnings("deprecation")
    private static BindableService reflectionV1Alpha() {
        return ProtoReflectionService.newInstance();
    }

    /** Everything that can be called. */
    public List<ServerServiceDefinition> services() {
        return server.getServices();
    }

    /** The port that was bound. */
    public int port() {
        return server.getPort();
    }

    /** Takes no new calls and says so to health checks; those under way go on. */
    public void drain() {
        health.enterTerminalState();
        server.shutdown();
    }

    /** Waits for the calls under way, then ends what is left. */
    public void close(long graceMs) {
        try {
            if (!server.awaitTermination(graceMs, TimeUnit.MILLISECONDS)) {
                server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interruption) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

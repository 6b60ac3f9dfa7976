// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import io.grpc.ServerServiceDefinition;
import io.roster.proto.v1.GoAway;
import io.roster.server.client.ClientManager;
import io.roster.server.client.Pauses;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryShard;
import io.roster.server.health.HealthChecks;
import io.roster.server.loop.EventLoop;
import io.roster.server.persistence.FolderLock;
import io.roster.server.persistence.StateKeeper;
import io.roster.server.protocol.grpc.LogLevels;
import io.roster.server.protocol.grpc.NativeServices;
import io.roster.server.protocol.grpc.ServerIdentity;
import io.roster.server.protocol.http.HttpEndpoint;
import io.roster.server.protocol.http.HttpServices;
import io.roster.server.protocol.http.Switches;
import io.roster.server.protocol.nacos.NacosServices;
import io.roster.server.push.Fanout;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import io.roster.server.security.FileWatch;
import io.roster.server.security.tls.ServerTls;
import io.roster.server.security.tls.TlsFiles;
import io.roster.server.transport.Admission;
import io.roster.server.transport.ConnectRate;
import io.roster.server.transport.GrpcEndpoint;
import io.roster.server.transport.GuardedService;
import io.roster.server.transport.Intake;
import io.roster.server.transport.NettyEventLoop;
import io.roster.server.transport.NettyEventLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry server: built, started and stopped on this page. Several may live in one process. Thread: any.
 *
 * <pre>{@code
 * try (RosterServer server = RosterServer.builder().port(0).start()) {
 *     System.out.println(server.grpcPort());
 * }
 * }</pre>
 */
public final class RosterServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RosterServer.class);

    /** A message over its limit is refused and its stream goes on; one this many times over it ends the stream. */
    private static final int HARD_LIMIT = 4;

    /** How often the files of TLS and the like are looked at: soon enough for whoever changes them. */
    private static final long FILES_MS = 2_000;

    private final ServerConfig config;
    private final FileWatch files;
    private final @Nullable ServerTls tls;
    private final AccessControl access;
    private final NettyEventLoops loops;
    private final Registry registry;
    private final Fanouts fanouts;
    private final NativeServices nativeWire;
    private final NacosServices nacosWire;
    private final List<EventLoop.Timer> timers = new ArrayList<>();
    private final HttpServices httpWire;
    private final @Nullable FolderLock folder;
    private final @Nullable StateKeeper state;
    private final GrpcEndpoint grpc;
    private final HttpEndpoint http;
    private volatile boolean serving;
    private volatile boolean stopping;

    private RosterServer(ServerConfig config, LogLevels logLevels) throws IOException {
        this.config = config;
        files = new FileWatch();
        tls = openTls();
        access = openAccess();
        folder = config.isWarmStart() ? FolderLock.take(config.dataDirectory()) : null;
        loops = new NettyEventLoops(config.loops(), config.count(Setting.MAX_WAITING_COMMANDS));
        registry = new Registry(loops.all(), config.limits(), epoch());
        Pauses pauses = new Pauses(loops.all(), config.millis(Setting.SETTLING));
        ClientManager clients = new ClientManager(
                config.count(Setting.MAX_CLIENTS),
                (client, departure) -> {
                    if (!stopping) {
                        registry.release(client, departure);
                    }
                },
                pauses);
        fanouts = new Fanouts(
                loops.all().stream().map(loop -> new Fanout(registry, loop)).toList());
        NettyEventLoop first = loops.all().get(0);
        state = config.isWarmStart() ? warmStart(clients, first) : null;
        long before = clients.arrivals();
        Settling settling = Settling.begin(first, config.millis(Setting.SETTLING), () -> clients.arrivals() - before);
        settling.whenSettled(fanouts::settle);
        Admission admission = new Admission(
                config.count(Setting.STREAMS_PER_ADDRESS),
                config.count(Setting.MAX_STREAMS),
                new ConnectRate(config.count(Setting.MAX_CONNECTS_PER_SECOND), System::nanoTime));
        IntakeLimits intakeLimits =
                config.intake(IntakeLimits.openFiles(), Runtime.getRuntime().maxMemory());
        Intake grpcIntake = intakeLimits.ofGrpcPort();
        Intake mainIntake = intakeLimits.ofMainPort();
        Map<String, String> shown = intakeLimits.shownIn(config.shown());
        nativeWire = new NativeServices(
                new ServerIdentity(UUID.randomUUID().toString(), Version.text()),
                registry,
                clients,
                fanouts,
                first::nowMs,
                config.millis(Setting.MAX_GRACE),
                settling,
                config.count(Setting.MAX_MESSAGE_BYTES),
                access,
                admission,
                List.of(grpcIntake, mainIntake),
                shown,
                logLevels);
        nacosWire = new NacosServices(registry, clients, fanouts, access, admission, settling);
        Switches switches =
                new Switches(config.isHealthChecked(), config.limits().beats().intervalMs());
        httpWire = new HttpServices(
                config.contextPath(),
                new InetSocketAddress(config.bind(), 0),
                config.count(Setting.MAX_UDP_SUBSCRIBERS),
                registry,
                clients,
                fanouts,
                access,
                switches,
                settling,
                first::nowMs,
                () -> serving,
                Version.text());
        long sweepPeriodMs = config.millis(Setting.SWEEP_PERIOD);
        for (RegistryShard shard : registry.shards()) {
            timers.add(HealthChecks.start(shard, sweepPeriodMs, config.limits().beats(), switches::isHealthChecked));
        }
        long stalledMs = config.millis(Setting.STALLED_READER_LIMIT);
        for (Fanout fanout : stalledMs > 0 ? fanouts.all() : List.<Fanout>of()) {
            timers.add(fanout.loop().every(sweepPeriodMs, () -> fanout.stalled().pass(sweepPeriodMs, stalledMs)));
        }
        timers.add(first.every(sweepPeriodMs, () -> clients.forgetIdleAddresses(first.nowMs())));
        http = openHttp(intakeLimits.http(), mainIntake);
        grpc = openGrpc(grpcIntake);
        files.start(FILES_MS);
        if (state != null) {
            state.start();
        }
        serving = true;
        log.info("serving on {} ports {} and {} with {}", config.bind(), port(), grpcPort(), shown);
    }

    /** Ends what every start begins with. */
    private void release() {
        loops.close();
        if (folder != null) {
            folder.close();
        }
    }

    private @Nullable ServerTls openTls() throws IOException {
        TlsFiles kept = config.tls();
        return kept == null ? null : ServerTls.open(kept, files);
    }

    private StateKeeper warmStart(ClientManager clients, EventLoop loop) throws IOException {
        try {
            StateKeeper keeper = new StateKeeper(config.dataDirectory(), registry);
            keeper.restore(clients, loop, config.millis(Setting.SETTLING));
            return keeper;
        } catch (IOException | RuntimeException failure) {
            release();
            throw failure;
        }
    }

    private AccessControl openAccess() throws IOException {
        Path users = config.users();
        if (users == null) {
            if (!config.isLoopback()) {
                log.warn("insecure: whoever can reach {} may do everything", config.bind());
            }
            return AccessControl.off();
        }
        if (tls == null) {
            log.warn("users are asked who they are, but without TLS: passwords and tokens can be read on the way");
        }
        return AccessControl.of(
                users,
                config.dataDirectory(),
                config.millis(Setting.TOKEN_LIFETIME),
                files,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    private HttpEndpoint openHttp(int mostConnections, Intake intake) throws IOException {
        InetSocketAddress address = new InetSocketAddress(config.bind(), config.port());
        try {
            return HttpEndpoint.open(address, tls, mostConnections, intake, config.httpLimits(), httpWire);
        } catch (IOException | RuntimeException failure) {
            release();
            throw new PortException(address, Setting.PORT, failure);
        }
    }

    private GrpcEndpoint openGrpc(Intake intake) throws IOException {
        InetSocketAddress address = new InetSocketAddress(config.bind(), config.grpcPort());
        try {
            List<GuardedService> services = new ArrayList<>(nativeWire.definitions());
            services.addAll(nacosWire.definitions());
            return GrpcEndpoint.open(
                    address,
                    tls,
                    access,
                    loops,
                    intake,
                    HARD_LIMIT * config.count(Setting.MAX_MESSAGE_BYTES),
                    services,
                    List.of(nacosWire.transports()));
        } catch (IOException | RuntimeException failure) {
            http.close();
            release();
            throw new PortException(address, Setting.GRPC_PORT, failure);
        }
    }

    /** A life is told from any other by when it began and by chance. */
    private static long epoch() {
        return (System.currentTimeMillis() << 10) + ThreadLocalRandom.current().nextInt(1 << 10);
    }

    /** A server with all defaults, to be changed before it is started. */
    public static Builder builder() {
        return new Builder();
    }

    /** The main port that was bound: HTTP. */
    public int port() {
        return http.port();
    }

    /** Everything that can be called on the gRPC port. */
    List<ServerServiceDefinition> grpcServices() {
        return grpc.services();
    }

    /** The gRPC port that was bound. */
    public int grpcPort() {
        return grpc.port();
    }

    /**
     * Stops: tells every stream to go elsewhere, lets what is under way finish within the shutdown grace, and ends. What
     * the streams published is not taken back on the way: consumers must not see an emptying list. Repeating it changes
     * nothing.
     */
    @Override
    public void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        serving = false;
        log.info("stopping: streams are told to go elsewhere");
        timers.forEach(EventLoop.Timer::cancel);
        fanouts.mute();
        nacosWire.reset();
        grpc.drain();
        nativeWire.goAway(GoAway.newBuilder()
                .setReason(GoAway.Reason.SHUTDOWN)
                .setReconnectDelayMs(RECONNECT_DELAY_MS)
                .setMessage("the server is stopping")
                .build());
        grpc.close(config.millis(Setting.SHUTDOWN_GRACE));
        http.close();
        httpWire.close();
        files.close();
        access.close();
        if (state != null) {
            state.close();
        }
        release();
        log.info("stopped");
    }

    /** How long clients should leave a stopping server alone: about as long as a restart takes. */
    private static final long RECONNECT_DELAY_MS = TimeUnit.SECONDS.toMillis(1);

    /** What a server is started with. Not thread-safe. */
    public static final class Builder {

        private ServerConfig config = ServerConfig.defaults();
        private LogLevels logLevels = LogbackLevels::set;

        private Builder() {}

        /** Replaces all that was said before. */
        public Builder config(ServerConfig whole) {
            config = whole;
            return this;
        }

        /** Changes one setting. */
        public Builder set(Setting setting, Object value) {
            config = config.with(setting, value);
            return this;
        }

        /** The main port; 0 for any free ports, the gRPC port too. */
        public Builder port(int port) {
            return set(Setting.PORT, port);
        }

        /**
         * Starts the server.
         *
         * @throws IOException if a port cannot be bound, or a file that the configuration names cannot be used
         */
        public RosterServer start() throws IOException {
            return new RosterServer(config, logLevels);
        }
    }
}

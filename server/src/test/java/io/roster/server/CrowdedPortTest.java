// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.GetServerRequest;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerSummary;
import io.roster.server.fixture.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One peer that takes all it can get leaves room for the others. */
@Timeout(30)
class CrowdedPortTest {

    private static final String GREEDY = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final String THIRD = "127.0.0.3";

    private static final String QUESTION = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    enum Port {
        MAIN,
        GRPC
    }

    private final RosterServer.Builder builder = RosterServer.builder()
            .port(0)
            .set(Setting.SHUTDOWN_GRACE, 0)
            .set(Setting.MAX_CONNECTIONS, 7)
            .set(Setting.CONNECTIONS_PER_ADDRESS, 5);

    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressHasOnlySoManyConnections(Port port) throws Exception {
        try (RosterServer server = builder.start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(isLetIn(port, server, GREEDY)).isTrue();
            }
            assertThat(isLetIn(port, server, GREEDY)).as("a sixth").isFalse();
            assertThat(isLetIn(port, server, OTHER)).as("from elsewhere").isTrue();
            hangUp();
            while (!isLetIn(port, server, GREEDY)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    @Test
    void theGrpcPortHasOnlySoManyConnections() throws Exception {
        try (RosterServer server = builder.start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(isLetIn(Port.GRPC, server, GREEDY)).isTrue();
            }
            assertThat(isLetIn(Port.GRPC, server, OTHER)).isTrue();
            assertThat(isLetIn(Port.GRPC, server, OTHER)).isTrue();
            assertThat(isLetIn(Port.GRPC, server, THIRD)).as("an eighth").isFalse();
            hangUp();
            ManagedChannel person = channel(server);
            try {
                // It is sent away, too, until the others are seen to have gone.
                ServerSummary summary = OperatorGrpc.newBlockingStub(person)
                        .withWaitForReady()
                        .getServer(GetServerRequest.getDefaultInstance());
                assertThat(summary.getConnections()).isBetween(1L, 7L);
                assertThat(summary.getClosedConnections()).isPositive();
                assertThat(summary.getLimitsMap()).containsEntry("max-connections", "7");
            } finally {
                person.shutdownNow();
            }
            assertThat(isLetIn(Port.MAIN, server, THIRD))
                    .as("at the other port")
                    .isTrue();
        }
    }

    @Test
    void aConnectionCountsOnceWithTlsToo(@TempDir Path folder) throws Exception {
        Authority.Issued issued = new Authority("Roster tests").issue("CN=server");
        builder.set(Setting.TLS_CERT, issued.certificateIn(folder.resolve("server.pem")))
                .set(Setting.TLS_KEY, issued.keyIn(folder.resolve("server.key")));
        try (RosterServer server = builder.start()) {
            for (int i = 0; i < 5; i++) {
                SSLSocket tls = (SSLSocket) trusting()
                        .getSocketFactory()
                        .createSocket(connect(server.port(), GREEDY), "localhost", server.port(), true);
                // Kept: it would end its connection when it is collected.
                open.add(tls);
                tls.startHandshake();
                assertThat(answers(tls, QUESTION)).isTrue();
            }
            assertThat(isLetIn(Port.MAIN, server, GREEDY)).as("a sixth").isFalse();
        }
    }

    /** Each costs its peer next to nothing and the server a call. */
    @Test
    void whoGivesUpCallsByTheThousandsLosesTheConnection() throws Exception {
        try (RosterServer server = builder.start()) {
            ManagedChannel hostile = channel(server);
            ManagedChannel other = channel(server);
            try {
                assertThat(list(hostile)).isNotNull();
                assertThat(list(other)).isNotNull();
                while (hostile.getState(false) == ConnectivityState.READY) {
                    ClientCall<ListServicesRequest, ListServicesResponse> call =
                            hostile.newCall(RegistryGrpc.getListServicesMethod(), CallOptions.DEFAULT);
                    call.start(new ClientCall.Listener<>() {}, new Metadata());
                    call.cancel("given up", null);
                }
                assertThat(list(other)).isNotNull();
                assertThat(other.getState(false)).isEqualTo(ConnectivityState.READY);
            } finally {
                hostile.shutdownNow();
                other.shutdownNow();
            }
        }
    }

    private static ManagedChannel channel(RosterServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
    }

    private static ListServicesResponse list(ManagedChannel channel) {
        return ClientCalls.blockingUnaryCall(
                channel,
                RegistryGrpc.getListServicesMethod(),
                CallOptions.DEFAULT,
                ListServicesRequest.getDefaultInstance());
    }

    private Socket connect(int port, String from) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private boolean isLetIn(Port port, RosterServer server, String from) throws IOException {
        return port == Port.MAIN
                ? answers(connect(server.port(), from), QUESTION)
                : answers(connect(server.grpcPort(), from), "");
    }

    /** Whether anything comes: HTTP answers, gRPC greets without being asked, and what is not let in is closed. */
    private static boolean answers(Socket socket, String question) {
        try {
            socket.getOutputStream().write(question.getBytes(US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
    }
}

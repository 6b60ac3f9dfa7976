// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServerSocketsRequest;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.roster.server.fixture.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who connects to the gRPC port and speaks no gRPC, as port scanners and probes of load balancers do, leaves nothing behind. */
@Timeout(30)
class StrangersTest {

    private static final int STRANGERS = 20;

    private final RosterServer.Builder builder = RosterServer.builder().port(0).set(Setting.SHUTDOWN_GRACE, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            })
    void inPlainText(String words) throws Exception {
        try (RosterServer server = builder.start()) {
            leavesNothing(
                    server,
                    words,
                    NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                            .usePlaintext()
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\3\1\0\1x"})
    void whereTlsIsSpoken(String words, @TempDir Path folder) throws Exception {
        Authority authority = new Authority("Roster tests");
        Authority.Issued issued = authority.issue("CN=server");
        builder.set(Setting.TLS_CERT, issued.certificateIn(folder.resolve("server.pem")))
                .set(Setting.TLS_KEY, issued.keyIn(folder.resolve("server.key")));
        Path trusted = authority.certificateIn(folder.resolve("ca.pem"));
        try (RosterServer server = builder.start()) {
            leavesNothing(
                    server,
                    words,
                    NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                            .sslContext(GrpcSslContexts.forClient()
                                    .trustManager(trusted.toFile())
                                    .build())
                            .build());
        }
    }

    @Test
    void aStopDoesNotWaitForThemLongerThanForOthers() throws Exception {
        RosterServer server = builder.set(Setting.SHUTDOWN_GRACE, 600_000).start();
        for (int i = 0; i < STRANGERS; i++) {
            connect(server, "");
        }
        server.close();
    }

    private static void leavesNothing(RosterServer server, String words, ManagedChannel channel)
            throws IOException, InterruptedException {
        try {
            ChannelzGrpc.ChannelzBlockingStub channelz = ChannelzGrpc.newBlockingStub(channel);
            for (int i = 0; i < STRANGERS; i++) {
                connect(server, words);
            }
            while (sockets(channelz) > 1) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(sockets(channelz)).as("the one that asks").isEqualTo(1);
        } finally {
            channel.shutdownNow();
        }
    }

    private static void connect(RosterServer server, String words) throws IOException {
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), server.grpcPort())) {
            stranger.getOutputStream().write(words.getBytes(US_ASCII));
        }
    }

    private static int sockets(ChannelzGrpc.ChannelzBlockingStub channelz) {
        return channelz.getServers(GetServersRequest.getDefaultInstance()).getServerList().stream()
                .mapToInt(each -> channelz.getServerSockets(GetServerSocketsRequest.newBuilder()
                                .setServerId(each.getRef().getServerId())
                                .build())
                        .getSocketRefCount())
                .sum();
    }
}

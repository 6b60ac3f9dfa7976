// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServiceRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who begins messages and does not end them uses up a budget, and nothing else. */
@Timeout(30)
@SuppressWarnings("FutureReturnValueIgnored") // What fails is missed by the test soon enough.
class UnfinishedTest {

    private static final int BUDGET = 100_000;
    private static final int BEGUN = 30_000;

    private RosterServer server;

    @BeforeEach
    void start() throws IOException {
        server = RosterServer.builder()
                .port(0)
                .set(Setting.SHUTDOWN_GRACE, 0)
                .set(Setting.MAX_UNFINISHED_BYTES, BUDGET)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCallThatBeginsTooMuchIsEndedAndOthersGoOn() throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            BlockingQueue<String> ends = new LinkedBlockingQueue<>();
            Channel hostile = connect(loop);
            for (int i = 0; i < 4; i++) {
                begin(hostile, ends);
            }
            assertThat(ends.poll(10, TimeUnit.SECONDS))
                    .as("the fourth")
                    .isEqualTo("8 max-unfinished-bytes: " + BUDGET + " reached; try again later");
            register("small");
            hostile.close().sync();
            while (!isTaken("x".repeat(900).repeat(40))) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(ends).isEmpty();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private Channel connect(EventLoopGroup loop) throws InterruptedException {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient().build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), server.grpcPort())
                .sync()
                .channel();
    }

    /** A call whose message is said to be of a million bytes, of which the first come. */
    private static void begin(Channel connection, BlockingQueue<String> ends) throws Exception {
        Http2StreamChannel call = new Http2StreamChannelBootstrap(connection)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object frame) {
                        if (frame instanceof Http2HeadersFrame answer) {
                            ends.add(answer.headers().get("grpc-status") + " "
                                    + answer.headers().get("grpc-message"));
                        }
                    }
                })
                .open()
                .get();
        call.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers()
                .method("POST")
                .path("/roster.v1.Registry/RegisterInstance")
                .scheme("http")
                .authority("test")
                .set("content-type", "application/grpc")
                .set("te", "trailers")));
        call.writeAndFlush(new DefaultHttp2DataFrame(
                        Unpooled.buffer().writeByte(0).writeInt(1_000_000).writeZero(BEGUN)))
                .sync();
    }

    private void register(String metadata) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
        try {
            ClientCalls.blockingUnaryCall(
                    channel,
                    RegistryGrpc.getRegisterInstanceMethod(),
                    CallOptions.DEFAULT,
                    RegisterInstanceRequest.newBuilder()
                            .setService(ServiceRef.newBuilder().setName("orders"))
                            .setInstance(Instance.newBuilder()
                                    .setIp("10.0.0.1")
                                    .setPort(1)
                                    .putMetadata("k", metadata))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    /** Whether a long message is listened to, be it refused for what it says. */
    private boolean isTaken(String metadata) {
        try {
            register(metadata);
            return true;
        } catch (StatusRuntimeException refusal) {
            return !String.valueOf(refusal.getMessage()).contains("max-unfinished-bytes");
        }
    }

    @Test
    void aBodyThatWouldBeTooMuchIsRefusedAndOthersAreNot() throws Exception {
        List<Socket> hostile = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hostile.add(ask("Content-Length: " + BEGUN, "ip=10.0.0.1"));
        }
        while (!ofAWholeRequest().startsWith("HTTP/1.1 503")) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        try (Socket inChunks = ask("Transfer-Encoding: chunked", "");
                Socket small = ask("Content-Length: 23", "ip=10.0.0.1&port=1&x=234")) {
            assertThat(answer(inChunks)).startsWith("HTTP/1.1 503");
            assertThat(answer(small)).startsWith("HTTP/1.1 200");
        }
        for (Socket each : hostile) {
            each.close();
        }
        while (!ofAWholeRequest().startsWith("HTTP/1.1 400")) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** What a request is answered that is as long as those of the hostile, and makes no sense. */
    private String ofAWholeRequest() throws IOException {
        try (Socket whole = ask("Content-Length: " + BEGUN, "x".repeat(BEGUN))) {
            return answer(whole);
        }
    }

    private Socket ask(String length, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("POST /nacos/v1/ns/instance?serviceName=orders HTTP/1.1\r\nHost: a\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n" + length + "\r\n\r\n" + body)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.stub.ServerCalls;
import io.roster.bench.process.LogLevel;
import io.roster.bench.wire.RawMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that shows what gRPC can do on this machine at best: same transport, same threads, same message sizes as a
 * registry, and nothing behind them.
 */
public final class CeilingServer {

    private static final int BACKLOG = 8_192;

    private static final MethodDescriptor<byte[], byte[]> TEACH =
            RawMessages.method(MethodDescriptor.MethodType.UNARY, Lesson.METHOD);

    private static final MethodDescriptor<byte[], Pieces> CONNECT = MethodDescriptor.<byte[], Pieces>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName("roster.v1.Registry/Connect")
            .setRequestMarshaller(RawMessages.INSTANCE)
            .setResponseMarshaller(new PiecesMarshaller())
            .build();

    private CeilingServer() {}

    /** Serves on port {@code arguments[0]} with {@code arguments[1]} loops until it is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LogLevel.warningsOnly();
        int port = Integer.parseInt(arguments[0]);
        int loopCount = Integer.parseInt(arguments[1]);
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                loopCount,
                new DefaultThreadFactory("ceiling-loop", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        List<CeilingLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            loops.add(new CeilingLoop(executor));
        }
        Ceiling ceiling = new Ceiling(loops);
        NacosCeiling nacos = new NacosCeiling(ceiling);
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelType(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .withChildOption(ChannelOption.TCP_NODELAY, true)
                .directExecutor()
                .maxInboundMessageSize(64 << 20)
                .addService(streams(ceiling))
                .addTransportFilter(nacos)
                .addService(nacos.calls())
                .addService(nacos.streams())
                .addService(lessons(ceiling))
                .build()
                .start()
                .awaitTermination();
    }

    private static ServerServiceDefinition streams(Ceiling ceiling) {
        ServerCallHandler<byte[], Pieces> handler = (call, headers) -> new CeilingStream(ceiling, ceiling.here(), call);
        return ServerServiceDefinition.builder("roster.v1.Registry")
                .addMethod(CONNECT, handler)
                .build();
    }

    private static ServerServiceDefinition lessons(Ceiling ceiling) {
        return ServerServiceDefinition.builder("roster.bench.Ceiling")
                .addMethod(TEACH, ServerCalls.asyncUnaryCall((lesson, answers) -> {
                    ceiling.learn(Lesson.decode(lesson));
                    answers.onNext(new byte[0]);
                    answers.onCompleted();
                }))
                .build();
    }
}

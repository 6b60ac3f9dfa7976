// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpObjectAggregator;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpResponseDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One HTTP connection that is kept alive, with at most one request under way. Confined to its loop. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, and its end is told.
final class HttpLink extends SimpleChannelInboundHandler<FullHttpResponse> implements Link {

    private static final int MAX_BODY_BYTES = 64 << 20;

    private final Dialer dialer;
    private final Security security;
    private final EventLoop loop;
    private final LinkListener listener;
    private volatile @Nullable Channel channel;
    private byte @Nullable [] early;
    private int slot;

    HttpLink(Dialer dialer, Security security, LinkListener listener) {
        this.dialer = dialer;
        this.security = security;
        this.loop = dialer.nextLoop();
        this.listener = listener;
    }

    HttpLink connect() {
        new Bootstrap()
                .group(loop)
                .channelFactory(ClientLoops::newSocket)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        channel = opened;
                        opened.pipeline().addLast(dialer.traffic());
                        security.applyTo(opened.pipeline(), dialer.server());
                        opened.pipeline()
                                .addLast(new HttpResponseDecoder())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(HttpLink.this);
                    }
                })
                .connect(dialer.server(), dialer.nextSource())
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        listener.onEnd(String.valueOf(connecting.cause()));
                    }
                });
        return this;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void send(byte[] request, int newSlot) {
        slot = newSlot;
        Channel opened = channel;
        if (opened == null || !opened.isActive()) {
            early = request;
        } else {
            write(opened, request);
        }
    }

    private static void write(Channel opened, byte[] request) {
        opened.writeAndFlush(opened.alloc().directBuffer(request.length).writeBytes(request), opened.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        byte[] request = early;
        if (request != null) {
            early = null;
            write(context.channel(), request);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        byte[] status = response.status().codeAsText().toString().getBytes(StandardCharsets.US_ASCII);
        int bodyLength = response.content().readableBytes();
        byte[] reply = new byte[status.length + bodyLength];
        System.arraycopy(status, 0, reply, 0, status.length);
        response.content().readBytes(reply, status.length, bodyLength);
        listener.onReply(slot, reply);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        listener.onEnd("closed by the server");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        listener.onEnd(failure.toString());
        context.close();
    }

    @Override
    public void reset() {
        loop.execute(() -> {
            Channel opened = channel;
            if (opened != null && opened.isRegistered()) {
                opened.config().setOption(ChannelOption.SO_LINGER, 0);
                opened.unsafe().closeForcibly();
            }
        });
    }

    @Override
    public void freeze() {
        Channel opened = channel;
        if (opened != null) {
            opened.config().setAutoRead(false);
        }
    }

    @Override
    public void close() {
        Channel opened = channel;
        if (opened != null) {
            opened.close();
        }
    }
}

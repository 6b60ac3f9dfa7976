// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection with gRPC on it, bound to one loop. Besides ending well it can end badly, as machines and
 * networks do. Thread: any.
 */
final class Connection {

    /** A fixed window: gRPC measures the path with pings of its own otherwise. */
    private static final int WINDOW_BYTES = 1 << 20;

    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final EventLoop loop;
    private final ManagedChannel channel;
    private volatile @Nullable Channel socket;

    Connection(Dialer dialer, EventLoop loop, Security security) {
        this.loop = loop;
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(dialer.server())
                .eventLoopGroup(loop)
                .channelFactory(() -> {
                    Channel opened = ClientLoops.newSocket();
                    opened.pipeline().addFirst(dialer.traffic());
                    socket = opened;
                    return opened;
                })
                .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                    @Override
                    public @Nullable SocketAddress createSocketAddress(
                            SocketAddress remote, @EquivalentAddressGroup.Attr Attributes attributes) {
                        return dialer.nextSource();
                    }
                })
                .withOption(ChannelOption.TCP_NODELAY, true)
                .directExecutor()
                .disableRetry()
                .flowControlWindow(WINDOW_BYTES)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES);
        security.applyTo(builder);
        this.channel = builder.build();
    }

    EventLoop loop() {
        return loop;
    }

    ClientCall<byte[], byte[]> call(MethodDescriptor<byte[], byte[]> method) {
        return channel.newCall(method, CallOptions.DEFAULT);
    }

    /** Ends with a TCP reset, as a killed process does whose peer was still talking: no GOAWAY, no FIN. */
    void reset() {
        loop.execute(() -> {
            Channel opened = socket;
            if (opened != null && opened.isRegistered()) {
                opened.config().setOption(ChannelOption.SO_LINGER, 0);
                opened.unsafe().closeForcibly();
            }
            channel.shutdownNow();
        });
    }

    /** Stops reading and so answering, as a frozen machine does: the socket stays open and says nothing more. */
    void freeze() {
        Channel opened = socket;
        if (opened != null) {
            opened.config().setAutoRead(false);
        }
    }

    /** Ends well. */
    void close() {
        channel.shutdownNow();
    }
}

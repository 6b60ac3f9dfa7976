// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The event loops of a server, shared by its connections, its shards and its push loops. */
public final class NettyEventLoops {

    private final EventLoopGroup group;
    private final boolean epoll = Epoll.isAvailable();
    private final List<NettyEventLoop> loops = new ArrayList<>();

    /**
     * Makes loops; their threads start when first used.
     *
     * @param mailboxLimit how many clients' commands may wait before each loop
     */
    public NettyEventLoops(int count, int mailboxLimit) {
        ThreadFactory threads = new DefaultThreadFactory("roster-loop", true);
        this.group = new MultiThreadIoEventLoopGroup(
                count, threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (EventExecutor executor : group) {
            loops.add(new NettyEventLoop(executor, mailboxLimit));
        }
    }

    public List<NettyEventLoop> all() {
        return loops;
    }

    EventLoopGroup group() {
        return group;
    }

    /** A socket to listen with that keeps to a limit. */
    ServerChannel newListener(ConnectionLimit limit) {
        ServerChannel listener = epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        listener.pipeline().addFirst(new ConnectionDoor(limit));
        return listener;
    }

    /** Ends the loops once they have done what had arrived. */
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Stands behind the listening socket and before gRPC: what is over the limit is closed before it costs more than that. */
@SuppressWarnings("FutureReturnValueIgnored") // Closing is done at once, and is all there is to do.
final class ConnectionDoor extends ChannelInboundHandlerAdapter {

    private final ConnectionLimit limit;

    ConnectionDoor(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** Lets an accepted connection in, or not. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        if (!(connection.remoteAddress() instanceof InetSocketAddress peer)) {
            // It has ended before anybody could ask where it comes from.
            connection.unsafe().closeForcibly();
            return;
        }
        InetAddress from = peer.getAddress();
        if (limit.enter(from)) {
            connection.closeFuture().addListener(end -> limit.leave(from));
            context.fireChannelRead(connection);
        } else {
            connection.unsafe().closeForcibly();
            limit.leave(from);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.transport.ConnectionLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.jspecify.annotations.Nullable;

/** Closes what is over the limit. Of the two that Jetty speaks of with TLS, it counts the one that is a socket's. */
final class ConnectionDoor implements Connection.Listener {

    private final ConnectionLimit limit;

    /** Where each comes from: one that has ended does not tell any more. */
    private final Map<Connection, InetAddress> counted = new ConcurrentHashMap<>();

    ConnectionDoor(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** Counts a connection, and closes it if it is one too many. */
    @Override
    public void onOpened(Connection connection) {
        InetAddress from = address(connection);
        if (from != null) {
            counted.put(connection, from);
            if (!limit.enter(from)) {
                connection.getEndPoint().close();
            }
        }
    }

    /** Counts it no more. */
    @Override
    public void onClosed(Connection connection) {
        InetAddress from = counted.remove(connection);
        if (from != null) {
            limit.leave(from);
        }
    }

    private static @Nullable InetAddress address(Connection connection) {
        EndPoint socket = connection.getEndPoint();
        boolean isSocket = socket instanceof SocketChannelEndPoint;
        return isSocket && socket.getRemoteSocketAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }
}

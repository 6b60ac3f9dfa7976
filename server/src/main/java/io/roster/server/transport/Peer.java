// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * The other end of a connection.
 *
 * @param host its address without port
 * @param address its address, {@code ip:port}
 */
public record Peer(String host, String address) {

    /** The peer that a transport's attributes speak of. */
    public static Peer of(Attributes attributes) {
        SocketAddress remote = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = inet.getAddress().getHostAddress();
            return new Peer(host, host + ':' + inet.getPort());
        }
        return new Peer("local", "local");
    }
}

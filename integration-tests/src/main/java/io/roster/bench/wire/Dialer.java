// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Where the clients of one crowd connect to, from where, and how many share a connection. Thread: any. */
public final class Dialer {

    /** Connections from one loopback address: neither its ports nor what a server allows one address run out. */
    private static final int CONNECTIONS_PER_SOURCE = 5_000;

    private static final int SOURCES = 200;

    private final InetSocketAddress server;
    private final ClientLoops loops;
    private final Traffic traffic;
    private final int streamsPerConnection;
    private int connections;
    private @Nullable Connection shared;
    private int streamsOnShared;

    public Dialer(InetSocketAddress server, ClientLoops loops, Traffic traffic, int streamsPerConnection) {
        this.server = server;
        this.loops = loops;
        this.traffic = traffic;
        this.streamsPerConnection = streamsPerConnection;
    }

    InetSocketAddress server() {
        return server;
    }

    Traffic traffic() {
        return traffic;
    }

    EventLoop nextLoop() {
        return loops.next();
    }

    /** A connection with room for one more stream; all that share one are secured alike. */
    synchronized Connection connection(Security security) {
        Connection open = shared;
        if (open == null || streamsOnShared == streamsPerConnection) {
            open = new Connection(this, nextLoop(), security);
            shared = open;
            streamsOnShared = 0;
        }
        streamsOnShared++;
        return open;
    }

    /** Where the next connection comes from; null to leave that to the system. */
    synchronized @Nullable InetSocketAddress nextSource() {
        int source = connections++ / CONNECTIONS_PER_SOURCE % SOURCES;
        if (source == 0 || !server.getAddress().isLoopbackAddress()) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + source)}), 0);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.roster.server.client.Departure;
import io.roster.server.security.Caller;
import io.roster.server.security.Principal;
import io.roster.server.transport.Peer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 transport: what Nacos calls a connection. A unary call and the stream that come over the same transport are of
 * one client; nothing in the requests says so. Until a client sets it up it is no more than an address. Thread: any.
 */
final class Connection {

    private static final Attributes.Key<Connection> KEY = Attributes.Key.create("nacos-connection");

    private final Peer peer;
    private final String id;
    private final Caller anybody;
    private @Nullable Session session;
    private boolean ended;

    private Connection(Peer peer) {
        this.peer = peer;
        this.anybody = new Caller(Principal.ANYBODY, peer.address());
        this.id = System.currentTimeMillis() + "_" + peer.address().replace(':', '_');
    }

    /** Makes a connection of each transport and ends it with its transport. */
    static final class Filter extends ServerTransportFilter {

        @Override
        public Attributes transportReady(Attributes transport) {
            return transport.toBuilder()
                    .set(KEY, new Connection(Peer.of(transport)))
                    .build();
        }

        /**
         * Ends what {@link #transportReady} made.
         *
         * @param transport null if it has ended before it was ready, as those of port scanners and probes do
         */
        @Override
        public void transportTerminated(@Nullable Attributes transport) {
            Connection connection = transport == null ? null : transport.get(KEY);
            if (connection != null) {
                connection.end();
            }
        }
    }

    /** The connection that a call came over. */
    static Connection of(Attributes call) {
        Connection connection = call.get(KEY);
        if (connection == null) {
            throw new IllegalStateException("a transport without a connection (expected: the endpoint has the filter)");
        }
        return connection;
    }

    /** What the server calls it; opaque to clients. */
    String id() {
        return id;
    }

    /** Whoever asks, where it does not matter who. */
    Caller anybody() {
        return anybody;
    }

    Peer peer() {
        return peer;
    }

    /** The client that has set the connection up, or null. */
    synchronized @Nullable Session session() {
        return session;
    }

    /**
     * Makes this the client's connection.
     *
     * @return false if it has ended, or is another client's
     */
    synchronized boolean enter(Session newcomer) {
        if (ended || session != null) {
            return false;
        }
        session = newcomer;
        return true;
    }

    /** The client is gone; the transport may outlive it. */
    synchronized void leave(Session leaver) {
        session = session == leaver ? null : session;
    }

    private void end() {
        Session last;
        synchronized (this) {
            ended = true;
            last = session;
        }
        if (last != null) {
            last.end(Departure.LOST, "its connection ended");
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import io.roster.server.RosterServer;
import java.util.function.Function;

/** The wires that must all behave alike. */
enum Wire {
    NATIVE_STREAM(NativeStreamPeer::new),
    NATIVE_UNARY(NativeUnaryPeer::new),
    NACOS_GRPC(NacosPeer::new),
    HTTP_V1(HttpPeer::new);

    private final Function<RosterServer, Peer> connect;

    Wire(Function<RosterServer, Peer> connect) {
        this.connect = connect;
    }

    Peer connect(RosterServer server) {
        return connect.apply(server);
    }
}

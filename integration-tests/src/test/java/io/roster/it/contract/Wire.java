// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import io.roster.server.RosterServer;

/** The wires that must all behave alike. */
enum Wire {
    NATIVE_STREAM,
    NATIVE_UNARY,
    NACOS_GRPC,
    HTTP_V1;

    Peer connect(RosterServer server) {
        return switch (this) {
            case NATIVE_STREAM -> new NativeStreamPeer(server);
            case NATIVE_UNARY -> new NativeUnaryPeer(server);
            case NACOS_GRPC -> new NacosPeer(server);
            case HTTP_V1 -> new HttpPeer(server);
        };
    }
}

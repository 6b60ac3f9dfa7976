// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.roster.client.RosterClientBuilder;
import io.roster.it.Access;

/** What a client needs to reach the server: a port, be it the server's or a {@link Link}'s, and how to get in. Immutable. */
record Line(Access access, int port) {

    NettyChannelBuilder channel() {
        return access.channel(port);
    }

    RosterClientBuilder sdk() {
        return access.sdk(port);
    }
}

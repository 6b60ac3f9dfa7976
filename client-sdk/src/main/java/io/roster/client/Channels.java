// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Opens a channel to a server. The channel connects when it is first used. */
@FunctionalInterface
interface Channels {
    /** Over TCP, in clear text. */
    Channels TCP = over(InsecureChannelCredentials.create());

    /** Over TCP, secured so. Callbacks run on the network's threads, since all they do is post. */
    static Channels over(ChannelCredentials credentials) {
        return address -> NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
                .directExecutor()
                .disableRetry()
                .maxInboundMessageSize(ClientSettings.MAX_INBOUND_BYTES)
                .keepAliveTime(ClientSettings.KEEP_ALIVE_MS, TimeUnit.MILLISECONDS)
                .keepAliveTimeout(ClientSettings.KEEP_ALIVE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .build();
    }

    ManagedChannel open(ServerAddress address);
}

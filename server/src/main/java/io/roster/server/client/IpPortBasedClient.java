// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

/**
 * A client that is an address, kept alive by heartbeats, whatever carries them: stream message, unary call or HTTP beat.
 * It ends when it has published nothing and said nothing for a while. Thread: any.
 */
public final class IpPortBasedClient extends Client {

    private static final String ID_DELIMITER = "#";

    IpPortBasedClient(String id, ClientInfo info, long nowMs) {
        super(id, info, nowMs);
    }

    /** The id of the client that is this address: {@code ip:port#ephemeral}, as Nacos 2.x writes it. */
    public static String idOf(String ip, int port, boolean ephemeral) {
        return ip + ':' + port + ID_DELIMITER + ephemeral;
    }
}

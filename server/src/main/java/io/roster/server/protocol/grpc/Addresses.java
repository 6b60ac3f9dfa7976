// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ClientManager;
import io.roster.server.client.IpPortBasedClient;
import io.roster.server.core.ClaimKey;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.RegistryException;

/** The clients that are addresses: they own what lives by heartbeats. Thread: any. */
final class Addresses {

    private Addresses() {}

    /** The client of an address, made for whoever speaks for it now. */
    static IpPortBasedClient client(ClientManager clients, InstanceKey key, Client speaker) {
        return client(clients, key, speaker.info(), speaker.lastActiveMs());
    }

    /** The client of an address. */
    static IpPortBasedClient client(ClientManager clients, InstanceKey key, ClientInfo info, long nowMs) {
        IpPortBasedClient client = clients.ipPort(key.ip(), key.port(), info, nowMs);
        if (client == null) {
            throw RegistryException.exhausted("max-clients", clients.count(), "raise the limit");
        }
        return client;
    }

    /** The claim of an address on itself. */
    static ClaimKey claim(InstanceKey key) {
        return new ClaimKey(IpPortBasedClient.idOf(key.ip(), key.port(), true), key);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ClientManager;
import io.roster.server.client.IpPortBasedClient;
import io.roster.server.core.ClaimKey;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Registration;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clients that are addresses: over HTTP an instance is published by its own address. Thread: any. */
final class Addresses {

    private final ClientManager clients;

    Addresses(ClientManager clients) {
        this.clients = clients;
    }

    /** The client of an address, made for the requester if it is not here; it counts as heard now. */
    IpPortBasedClient client(String ip, int port, Exchange speaker, long nowMs) {
        ClientInfo info = new ClientInfo(
                "http",
                text(speaker.peer()),
                speaker.parameters().text("app", ""),
                speaker.agent(),
                Map.of(),
                System.currentTimeMillis());
        IpPortBasedClient client = clients.ipPort(ip, port, info, nowMs);
        if (client == null) {
            throw RegistryException.exhausted("max-clients", clients.count(), "raise the limit");
        }
        return client;
    }

    private static String text(InetSocketAddress peer) {
        return peer.getAddress().getHostAddress() + ':' + peer.getPort();
    }

    /** The claim of an address on itself. */
    static ClaimKey claim(InstanceKey key) {
        return new ClaimKey(idOf(key), key);
    }

    /** What an address claims of itself in a service, or null. */
    @Nullable
    Registration claimed(ServiceName service, InstanceKey key) {
        Client client = clients.find(idOf(key));
        if (client == null) {
            return null;
        }
        return client.published().stream()
                .filter(Registration.class::isInstance)
                .map(Registration.class::cast)
                .filter(claim ->
                        claim.instance().key().equals(key) && claim.service().equals(service))
                .findAny()
                .orElse(null);
    }

    private static String idOf(InstanceKey key) {
        return IpPortBasedClient.idOf(key.ip(), key.port(), true);
    }
}

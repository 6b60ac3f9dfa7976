// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is here. Every way a client can end meets in {@link #close}, which has one winner and takes back what the client
 * published. Thread: any.
 */
public final class ClientManager {

    private static final Logger log = LoggerFactory.getLogger(ClientManager.class);

    /** How long an address that publishes nothing is remembered; as long as a silent instance is. */
    static final long IDLE_MS = 30_000;

    private final ConcurrentNavigableMap<String, Client> clients = new ConcurrentSkipListMap<>();
    private final int maxClients;
    private final BiConsumer<Client, Departure> release;

    /**
     * @param maxClients how many clients may be here at once
     * @param release takes back all that a client publishes, told how it went; must not block
     */
    public ClientManager(int maxClients, BiConsumer<Client, Departure> release) {
        this.maxClients = maxClients;
        this.release = release;
    }

    /**
     * Lets a client in.
     *
     * @return false if there are too many clients, or one with this id
     */
    public boolean open(ConnectionBasedClient client) {
        if (clients.size() >= maxClients || clients.putIfAbsent(client.id(), client) != null) {
            return false;
        }
        log.info(
                "client {} connected over {} from {} (app {}, sdk {})",
                client.id(),
                client.info().wire(),
                client.info().address(),
                client.info().app(),
                client.info().sdk());
        return true;
    }

    /**
     * The client that is this address, made if need be; it counts as heard now.
     *
     * @return null if there are too many clients
     */
    public @Nullable IpPortBasedClient ipPort(String ip, int port, ClientInfo info, long nowMs) {
        String id = IpPortBasedClient.idOf(ip, port, true);
        return (IpPortBasedClient) clients.compute(id, (key, present) -> {
            if (present == null) {
                return clients.size() >= maxClients ? null : new IpPortBasedClient(id, info, nowMs);
            }
            present.touch(nowMs);
            return present;
        });
    }

    /** The living client of this id, or null. */
    public @Nullable Client find(String id) {
        return clients.get(id);
    }

    /** Ends a client and takes back what it published. Repeating it changes nothing. */
    public void close(Client client, Departure departure, String reason) {
        if (!client.close()) {
            return;
        }
        clients.remove(client.id(), client);
        log.info("client {} gone: {}; it published {}", client.id(), reason, client.publishedCount());
        release.accept(client, departure);
    }

    /** Forgets the addresses that publish nothing and have said nothing for 30 s. */
    public void forgetIdleAddresses(long nowMs) {
        for (Client client : clients.values()) {
            if (client instanceof IpPortBasedClient) {
                clients.computeIfPresent(
                        client.id(), (id, present) -> present.closeIfIdle(nowMs, IDLE_MS) ? null : present);
            }
        }
    }

    /** Those here whose id comes after {@code id}, in the order of ids. */
    public Collection<Client> after(String id) {
        return clients.tailMap(id, false).values();
    }

    /** How many are here. */
    public int count() {
        return clients.size();
    }
}

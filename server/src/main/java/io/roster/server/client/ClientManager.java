// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import io.roster.server.loop.EventLoop;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is here. Of all the ways a client can end one wins, and takes back what the client published. Thread: any.
 */
public final class ClientManager {

    private static final Logger log = LoggerFactory.getLogger(ClientManager.class);

    /** How long an address that publishes nothing is remembered; as long as a silent instance is. */
    static final long IDLE_MS = 30_000;

    /** Of a million clients not all can be looked at in one go: that would stop a loop for a third of a second. */
    private static final int LOOKED_AT_AT_ONCE = 20_000;

    private static final int SESSION_BYTES = 16;

    private final ConcurrentNavigableMap<String, Client> clients = new ConcurrentSkipListMap<>();

    /** Those that can be taken over; no more than there are clients. */
    private final ConcurrentMap<SessionHash, ConnectionBasedClient> sessions = new ConcurrentHashMap<>();

    /** Where {@link #forgetIdleAddresses} goes on; its loop's. */
    private String lookedAtLast = "";

    private final LongAdder arrivals = new LongAdder();
    private final SecureRandom chance = new SecureRandom();
    private final int maxClients;
    private final BiConsumer<Client, Departure> release;
    private final Pauses pauses;

    /**
     * @param maxClients how many clients may be here at once
     * @param release takes back all that a client publishes, told how it went; must not block
     * @param pauses after which broken streams are forgiven
     */
    public ClientManager(int maxClients, BiConsumer<Client, Departure> release, Pauses pauses) {
        this.maxClients = maxClients;
        this.release = release;
        this.pauses = pauses;
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
        if (client.session() != null) {
            sessions.put(client.session(), client);
        }
        arrivals.increment();
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
            if (present == null && clients.size() < maxClients) {
                arrivals.increment();
                return new IpPortBasedClient(id, info, nowMs);
            }
            if (present == null) {
                return null;
            }
            present.touch(nowMs);
            return present;
        });
    }

    /**
     * Lets a client of an earlier life in; {@link #awaitReturn} begins when it has what it published.
     *
     * @return false if there are too many clients, or one with this id
     */
    public boolean restore(ConnectionBasedClient client) {
        if (clients.size() >= maxClients || clients.putIfAbsent(client.id(), client) != null) {
            return false;
        }
        if (client.session() != null) {
            sessions.put(client.session(), client);
        }
        return true;
    }

    /** Ends a client that was restored unless it comes back in time, or at once if it publishes nothing after all. */
    public void awaitReturn(ConnectionBasedClient client, long probationMs, EventLoop loop) {
        suspend(client, client.suspend(null, loop.nowMs(), probationMs), loop, "it did not return to a new server");
    }

    /** The living client of this id, or null. */
    public @Nullable Client find(String id) {
        return clients.get(id);
    }

    /** An id for a new session, which nobody can guess. */
    public byte[] newSession() {
        byte[] id = new byte[SESSION_BYTES];
        chance.nextBytes(id);
        return id;
    }

    /**
     * Has a stream hold the client of a session, in place of the stream that held it, if any: that one may only seem alive.
     *
     * @param graceMs how long the client may be without a stream from now on
     * @param then runs, on any thread, once the stream before can say nothing more in the client's name; may run at once
     * @return the client, or null if there is none of this session
     */
    public @Nullable ConnectionBasedClient takeOver(
            SessionHash session, Holder newcomer, ClientInfo info, long graceMs, Runnable then) {
        ConnectionBasedClient client = sessions.get(session);
        if (client == null || !client.takeOver(newcomer, info, graceMs, then)) {
            return null;
        }
        arrivals.increment();
        log.info("client {} is back, from {}", client.id(), info.address());
        return client;
    }

    /** Ends a client and takes back what it published. Repeating it changes nothing. */
    public void close(Client client, Departure departure, String reason) {
        if (client.close()) {
            gone(client, departure, reason);
        }
    }

    /** Ends a client whose stream has said goodbye, unless another stream holds it. */
    public void left(ConnectionBasedClient client, Holder stream, String reason) {
        if (client.closeIfHeldBy(stream)) {
            gone(client, Departure.GOODBYE, reason);
        }
    }

    /**
     * Ends a client whose stream has broken, when its grace is over, or at once if it has none; unless another stream holds
     * it.
     *
     * @param stream the stream, or null if the wire's streams cannot be taken over
     * @param loop where the time is taken
     */
    public void lost(ConnectionBasedClient client, @Nullable Holder stream, EventLoop loop, String reason) {
        Suspension begun = client.suspend(stream, loop.nowMs(), pauses.forgivenMs(loop));
        if (begun != null && begun.graceMs() > 0) {
            log.info("client {} may come back within {} ms: {}", client.id(), begun.graceMs(), reason);
        }
        suspend(client, begun, loop, reason);
    }

    private void suspend(ConnectionBasedClient client, @Nullable Suspension begun, EventLoop loop, String reason) {
        if (begun == null) {
            return;
        }
        if (begun.graceMs() == 0) {
            gone(client, Departure.LOST, reason);
            return;
        }
        client.endsBy(begun, loop.after(begun.graceMs(), () -> {
            if (client.closeIfStill(begun)) {
                gone(client, Departure.LOST, reason);
            }
        }));
    }

    private void gone(Client client, Departure departure, String reason) {
        clients.remove(client.id(), client);
        if (client instanceof ConnectionBasedClient stream && stream.session() != null) {
            sessions.remove(stream.session(), stream);
        }
        log.info("client {} gone: {}; it published {}", client.id(), reason, client.publishedCount());
        release.accept(client, departure);
    }

    /**
     * Forgets the addresses that publish nothing and have said nothing for 30 s: looks at {@value #LOOKED_AT_AT_ONCE} clients,
     * and at the following ones when called again. Always to be called by the same loop.
     */
    public void forgetIdleAddresses(long nowMs) {
        int left = LOOKED_AT_AT_ONCE;
        for (Client client : after(lookedAtLast)) {
            if (left-- == 0) {
                return;
            }
            lookedAtLast = client.id();
            if (client instanceof IpPortBasedClient && client.publishedCount() == 0) {
                clients.computeIfPresent(
                        client.id(), (id, present) -> present.closeIfIdle(nowMs, IDLE_MS) ? null : present);
            }
        }
        lookedAtLast = "";
    }

    /** Those here whose id comes after {@code id}, in the order of ids. */
    public Collection<Client> after(String id) {
        return clients.tailMap(id, false).values();
    }

    /** How many have come, or come back, since the start. */
    public long arrivals() {
        return arrivals.sum();
    }

    /** How many are here. */
    public int count() {
        return clients.size();
    }
}

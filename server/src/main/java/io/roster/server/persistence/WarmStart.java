// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import io.roster.proto.storage.v1.Record;
import io.roster.proto.storage.v1.StoredClaim;
import io.roster.proto.storage.v1.StoredClient;
import io.roster.proto.storage.v1.StoredKey;
import io.roster.proto.storage.v1.StoredOverride;
import io.roster.proto.storage.v1.StoredService;
import io.roster.proto.storage.v1.StoredSettings;
import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ClientManager;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.SessionHash;
import io.roster.server.core.Ack;
import io.roster.server.core.ClaimKey;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.Lease;
import io.roster.server.core.Limits;
import io.roster.server.core.Offer;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a state of an earlier life back: what operators said for good, what clients published on probation. Whoever lives
 * by heartbeats counts as heard now; whoever was on a stream has a time to return. Everything is checked and goes through the
 * door as if a wire had said it, so what the limits of today do not allow, or another version has written, stays out. One
 * thread, before the server is open.
 */
final class WarmStart {

    private static final Logger log = LoggerFactory.getLogger(WarmStart.class);

    /** Commands under way at once: enough to keep the loops busy, and no flood in their mailboxes. */
    private static final int UNDER_WAY = 64;

    private final Registry registry;
    private final Limits limits;
    private final ClientManager clients;
    private final EventLoop loop;
    private final long probationMs;
    private final Map<Integer, Client> byIndex = new HashMap<>();
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final AtomicInteger refused = new AtomicInteger();
    private int services;
    private int claims;

    /**
     * @param loop where the time of those on probation is taken
     * @param probationMs how long it is
     */
    WarmStart(Registry registry, ClientManager clients, EventLoop loop, long probationMs) {
        this.registry = registry;
        this.limits = registry.limits();
        this.clients = clients;
        this.loop = loop;
        this.probationMs = probationMs;
    }

    void take(Record stored) {
        try {
            switch (stored.getKindCase()) {
                case CLIENT -> client(stored.getClient());
                case SERVICE -> service(stored.getService());
                case KIND_NOT_SET -> refused.incrementAndGet();
            }
        } catch (RegistryException | IllegalArgumentException refusal) {
            log.debug("warm start: a part is refused: {}", refusal.getMessage());
            refused.incrementAndGet();
        }
    }

    /** All has been taken: waits until it can be seen, and begins to wait for whoever is on probation. */
    void finish() {
        underWay.acquireUninterruptibly(UNDER_WAY);
        for (Client client : byIndex.values()) {
            if (client instanceof ConnectionBasedClient stream) {
                clients.awaitReturn(stream, probationMs, loop);
            }
        }
        log.info(
                "warm start: {} instances of {} services by {} clients are back, on probation for {} ms",
                claims,
                services,
                byIndex.size(),
                probationMs);
        if (refused.get() > 0) {
            log.warn("warm start: {} parts were refused: the limits of today do not allow them", refused.get());
        }
    }

    private void client(StoredClient stored) {
        if (byIndex.containsKey(stored.getIndex())) {
            throw new IllegalArgumentException("a second client " + stored.getIndex() + " (expected: one)");
        }
        ClientInfo info = new ClientInfo(
                stored.getWire(),
                stored.getAddress(),
                stored.getApp(),
                stored.getSdk(),
                stored.getLabelsMap(),
                stored.getConnectedAtMs());
        Client client = stored.getKind() == StoredClient.Kind.IP_PORT ? ipPort(stored, info) : stream(stored, info);
        if (client == null) {
            refused.incrementAndGet();
        } else {
            byIndex.put(stored.getIndex(), client);
        }
    }

    private @Nullable Client ipPort(StoredClient stored, ClientInfo info) {
        String id = stored.getClientId();
        int port = id.lastIndexOf(':');
        int end = id.indexOf('#', port);
        return port < 0 || end < 0
                ? null
                : clients.ipPort(
                        id.substring(0, port), Integer.parseInt(id.substring(port + 1, end)), info, loop.nowMs());
    }

    private @Nullable Client stream(StoredClient stored, ClientInfo info) {
        SessionHash session = stored.getSessionSha256().isEmpty() ? null : new SessionHash(stored.getSessionSha256());
        ConnectionBasedClient client = ConnectionBasedClient.awaited(
                stored.getClientId(), info, loop.nowMs(), session, Math.max(0, stored.getGraceMs()));
        return clients.restore(client) ? client : null;
    }

    private void service(StoredService stored) {
        ServiceName name = limits.service(stored.getNamespace(), stored.getGroup(), stored.getName());
        Map<ClaimKey, Offer> once = new LinkedHashMap<>();
        for (StoredClaim claim : stored.getClaimsList()) {
            offer(claim, once);
        }
        List<Offer> offers = List.copyOf(once.values());
        services++;
        claims += offers.size();
        if (!offers.isEmpty()) {
            registry.register(name, offers, ack());
        }
        if (stored.hasSettings()) {
            settings(name, stored.getSettings());
        }
        stored.getOverridesList().forEach(override -> override(name, override));
    }

    private void offer(StoredClaim claim, Map<ClaimKey, Offer> offers) {
        Client client = byIndex.get(claim.getClient());
        if (client == null) {
            refused.incrementAndGet();
            return;
        }
        Instance instance = limits.instance(
                key(claim.getKey()), claim.getWeight(), claim.getEnabled(), claim.getHealthy(), claim.getMetadataMap());
        Lease lease = client instanceof ConnectionBasedClient ? null : Lease.awaited(loop.nowMs());
        offers.put(new ClaimKey(client.id(), instance.key()), new Offer(client, instance, lease));
    }

    private void settings(ServiceName name, StoredSettings stored) {
        double threshold = limits.threshold(stored.getProtectionThreshold());
        registry.configure(name, threshold, stored.getHealthChecked(), ack());
        if (stored.hasDeclared()) {
            registry.declare(name, limits.metadata(stored.getDeclared().getEntriesMap()), ack());
        }
    }

    private void override(ServiceName name, StoredOverride stored) {
        InstanceOverride override = new InstanceOverride(
                stored.hasEnabled() ? (Boolean) stored.getEnabled() : null,
                stored.hasWeight() ? (Double) limits.weight(stored.getWeight()) : null,
                stored.hasMetadata() ? limits.metadata(stored.getMetadata().getEntriesMap()) : null);
        registry.override(name, key(stored.getKey()), override, ack());
    }

    private InstanceKey key(StoredKey stored) {
        return limits.key(stored.getIp(), stored.getPort(), stored.getCluster());
    }

    /** Waits for room, and counts what is refused. */
    private Ack ack() {
        underWay.acquireUninterruptibly();
        return (revision, refusal) -> {
            underWay.release();
            if (refusal != null) {
                refused.incrementAndGet();
            }
        };
    }
}

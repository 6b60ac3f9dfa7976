// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.client.Client;
import io.roster.server.client.ClientManager;
import io.roster.server.core.Ack;
import io.roster.server.core.ClaimKey;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Lease;
import io.roster.server.core.Offer;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** How what a stream publishes is owned and kept alive. Confined to the stream's loop; acknowledgements may come on others. */
sealed interface Publisher {

    void register(ServiceName service, List<Instance> instances, Ack ack);

    /** Takes instances back; none named means all that this stream published in the service. */
    void deregister(ServiceName service, List<InstanceKey> keys, Ack ack);

    /** The stream says "still here"; {@code done} is given what is no longer registered. */
    void heartbeat(Consumer<List<Lost>> done);

    /** A claim that a heartbeat found gone. */
    record Lost(ServiceName service, InstanceKey key) {}

    /** What is published lives as long as the stream. */
    final class ByStream implements Publisher {

        private final Registry registry;
        private final Client client;

        ByStream(Registry registry, Client client) {
            this.registry = registry;
            this.client = client;
        }

        @Override
        public void register(ServiceName service, List<Instance> instances, Ack ack) {
            List<Offer> offers = new ArrayList<>(instances.size());
            instances.forEach(instance -> offers.add(new Offer(client, instance, null)));
            registry.register(service, offers, ack);
        }

        @Override
        public void deregister(ServiceName service, List<InstanceKey> keys, Ack ack) {
            if (keys.isEmpty()) {
                registry.deregisterAll(client, service, ack);
            } else {
                registry.deregister(
                        service,
                        keys.stream().map(key -> new ClaimKey(client.id(), key)).toList(),
                        ack);
            }
        }

        @Override
        public void heartbeat(Consumer<List<Lost>> done) {
            done.accept(List.of());
        }
    }

    /** What is published belongs to its address and lives by the stream's heartbeats. */
    final class ByHeartbeat implements Publisher {

        private final Registry registry;
        private final ClientManager clients;
        private final Client stream;
        private final EventLoop loop;
        private final Lease lease;

        /** What the registry has acknowledged, and nobody has taken back as far as this stream knows. */
        private final Map<ServiceName, Set<InstanceKey>> kept = new HashMap<>();

        private int keptCount;

        ByHeartbeat(Registry registry, ClientManager clients, Client stream, EventLoop loop) {
            this.registry = registry;
            this.clients = clients;
            this.stream = stream;
            this.loop = loop;
            this.lease = new Lease(stream.lastActiveMs());
        }

        @Override
        public void register(ServiceName service, List<Instance> instances, Ack ack) {
            int most = registry.limits().instancesPerClient();
            Set<InstanceKey> known = kept.getOrDefault(service, Set.of());
            long more = instances.stream()
                    .filter(instance -> !known.contains(instance.key()))
                    .count();
            if (keptCount + more > most) {
                throw RegistryException.exhausted("instances-per-client", most, "deregister some, or raise the limit");
            }
            List<Offer> offers = new ArrayList<>(instances.size());
            for (Instance instance : instances) {
                offers.add(new Offer(Addresses.client(clients, instance.key(), stream), instance, lease));
            }
            lease.stamp(stream.lastActiveMs());
            registry.register(service, offers, ifDone(ack, () -> instances.forEach(each -> keep(service, each.key()))));
        }

        @Override
        public void deregister(ServiceName service, List<InstanceKey> keys, Ack ack) {
            List<InstanceKey> named = keys.isEmpty() ? List.copyOf(kept.getOrDefault(service, Set.of())) : keys;
            if (named.isEmpty()) {
                throw RegistryException.of(
                        RegistryException.Code.NOT_FOUND, "this stream publishes nothing in " + service);
            }
            registry.deregister(
                    service,
                    named.stream().map(Addresses::claim).toList(),
                    ifDone(ack, () -> named.forEach(key -> forget(service, key))));
        }

        /** Notes on the stream's loop what was done, and then acknowledges it. */
        private Ack ifDone(Ack ack, Runnable note) {
            return (revision, refusal) -> onLoop(() -> {
                if (refusal == null) {
                    note.run();
                }
                ack.done(revision, refusal);
            });
        }

        private void onLoop(Runnable step) {
            loop.run(step);
        }

        private void keep(ServiceName service, InstanceKey key) {
            keptCount +=
                    kept.computeIfAbsent(service, name -> new LinkedHashSet<>()).add(key) ? 1 : 0;
        }

        private void forget(ServiceName service, InstanceKey key) {
            Set<InstanceKey> keys = kept.get(service);
            if (keys == null) {
                // Published by an earlier stream of the address, or taken back while a heartbeat asked for it.
                return;
            }
            keptCount -= keys.remove(key) ? 1 : 0;
            if (keys.isEmpty()) {
                kept.remove(service);
            }
        }

        @Override
        public void heartbeat(Consumer<List<Lost>> done) {
            if (lease.beat(stream.lastActiveMs()) || keptCount == 0) {
                done.accept(List.of());
                return;
            }
            Gathering gathering = new Gathering(
                    keptCount,
                    lost -> onLoop(() -> {
                        lost.forEach(each -> forget(each.service(), each.key()));
                        done.accept(lost);
                    }));
            List<Lost> asked = new ArrayList<>(keptCount);
            kept.forEach((service, keys) -> keys.forEach(key -> asked.add(new Lost(service, key))));
            asked.forEach(each -> registry.beat(
                    each.service(),
                    Addresses.claim(each.key()),
                    (revision, refusal) -> gathering.arrived(refusal == null ? null : each)));
        }
    }
}

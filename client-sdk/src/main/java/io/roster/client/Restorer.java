// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.InstanceRef;
import io.roster.proto.v1.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes again what a new session, or the registry, does not know any more. What is refused is logged and offered
 * again later, as long as it is still intended. Loop only.
 */
final class Restorer implements SessionUser {
    private static final Logger log = LoggerFactory.getLogger(Restorer.class);

    /** An instance of a service. */
    private record Address(ServiceName service, InstanceKey key) {}

    private final Loop loop;
    private final Intents intents;
    private final Leftovers leftovers;
    private final Backoff backoff;
    /** Refused, to be offered again when the timer runs out. At most as many as there are intents. */
    private final Set<Address> refused = new HashSet<>();

    private Loop.@Nullable Timer retry;
    private int attempt;
    private @Nullable Session session;

    Restorer(Loop loop, Intents intents, Leftovers leftovers, RandomGenerator random) {
        this.loop = loop;
        this.intents = intents;
        this.leftovers = leftovers;
        this.backoff = new Backoff(ClientSettings.RESTORE_FIRST_MS, ClientSettings.RESTORE_MAX_MS, random);
    }

    @Override
    public void onReady(Session ready) {
        forgetRefused();
        session = ready;
        intents.services().forEach(service -> publish(ready, service, intents.of(service)));
    }

    @Override
    public void onLost() {
        forgetRefused();
        session = null;
    }

    /** Publishes again those of the instances that are still intended. */
    void restore(List<InstanceRef> refs, String defaultNamespace) {
        Set<Address> lost = new HashSet<>();
        for (InstanceRef ref : refs) {
            lost.add(new Address(Wire.service(ref.getService(), defaultNamespace), Wire.key(ref.getInstance())));
        }
        log.info("the registry has forgotten {} instances of this client; registering them again", lost.size());
        restore(lost);
    }

    private void restore(Set<Address> addresses) {
        Session ready = session;
        if (ready == null) {
            return;
        }
        Map<ServiceName, List<Instance>> intended = new HashMap<>();
        for (Address address : addresses) {
            Instance instance = intents.find(address.service(), address.key());
            if (instance != null) {
                intended.computeIfAbsent(address.service(), service -> new ArrayList<>())
                        .add(instance);
            }
        }
        intended.forEach((service, instances) -> publish(ready, service, instances));
    }

    private void publish(Session ready, ServiceName service, List<Instance> instances) {
        for (int from = 0; from < instances.size(); from += ClientSettings.REGISTER_CHUNK) {
            int to = Math.min(from + ClientSettings.REGISTER_CHUNK, instances.size());
            List<Instance> chunk = instances.subList(from, to);
            leftovers.register(ready, service, chunk, reply -> onReply(ready, service, chunk, reply));
        }
    }

    private void onReply(Session ready, ServiceName service, List<Instance> chunk, Reply reply) {
        if (reply.getCode() == Reply.Code.OK) {
            return;
        }
        if (chunk.size() > 1 && reply.getCode() == Reply.Code.INVALID_ARGUMENT) {
            // All or none: the good ones must not suffer for the bad one.
            chunk.forEach(instance -> publish(ready, service, List.of(instance)));
            return;
        }
        log.warn("cannot register {} of {} again: {}", chunk.size(), service, Wire.inWords(reply));
        chunk.forEach(instance -> refused.add(new Address(service, instance.key())));
        if (retry == null) {
            retry = loop.schedule(backoff.delayMs(attempt++, reply.getRetryAfterMs()), this::retry);
        }
    }

    private void retry() {
        retry = null;
        Set<Address> again = Set.copyOf(refused);
        refused.clear();
        restore(again);
    }

    private void forgetRefused() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        refused.clear();
        attempt = 0;
    }
}

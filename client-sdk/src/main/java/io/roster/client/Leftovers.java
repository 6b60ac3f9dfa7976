// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the registry may hold in this client's name though it is not intended: registered or taken back just when the
 * connection broke, or taken back while there was none. A registry that takes the client for a new one holds nothing of what
 * lives by a stream; otherwise it is told. Loop only.
 */
final class Leftovers implements SessionUser {
    /** An instance of a service. */
    private record Address(ServiceName service, InstanceKey key) {}

    private final Intents intents;
    /** Whether what is published lives by heartbeats, so that it may stand though the session is new. */
    private final boolean outlivesSession;
    /** Registrations without an answer, and how many of each. */
    private final Map<Address, Integer> underWay = new HashMap<>();
    /** Those that a caller waits for, and how many: each session is asked for them anew, so they are not taken back before. */
    private final Map<Address, Integer> awaited = new HashMap<>();
    /** No more than the registry holds for this client. */
    private final Set<Address> suspects = new HashSet<>();

    private @Nullable Session session;

    Leftovers(Intents intents, boolean outlivesSession) {
        this.intents = intents;
        this.outlivesSession = outlivesSession;
    }

    /** A caller waits for instances to be registered, until {@link #settled}. */
    void await(ServiceName service, List<Instance> instances) {
        instances.forEach(instance -> awaited.merge(new Address(service, instance.key()), 1, Integer::sum));
    }

    /** A caller waits no more. What has been refused may be held from a session before. */
    void settled(ServiceName service, List<Instance> instances) {
        for (Instance instance : instances) {
            Address address = new Address(service, instance.key());
            decrement(awaited, address);
            if (intents.find(service, instance.key()) != null) {
                suspects.remove(address);
            } else if (session != null && suspects.contains(address) && !isToBeAnswered(address)) {
                takeBack(session, address);
            }
        }
    }

    private boolean isToBeAnswered(Address address) {
        return awaited.containsKey(address) || underWay.containsKey(address);
    }

    private static void decrement(Map<Address, Integer> counts, Address address) {
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Registers instances; until there is an answer, nobody knows whether they are. */
    void register(Session session, ServiceName service, List<Instance> instances, Consumer<Reply> onReply) {
        instances.forEach(instance -> underWay.merge(new Address(service, instance.key()), 1, Integer::sum));
        session.send(Wire.register(service, instances), reply -> {
            instances.forEach(instance -> decrement(underWay, new Address(service, instance.key())));
            onReply.accept(reply);
        });
    }

    /** An instance is not intended any more, and the registry does not know that yet. */
    void unwanted(ServiceName service, InstanceKey key) {
        Address address = new Address(service, key);
        if (intents.find(service, key) != null || underWay.containsKey(address)) {
            suspects.add(address);
        }
    }

    /** The registry has taken an instance back. */
    void gone(ServiceName service, InstanceKey key) {
        suspects.remove(new Address(service, key));
    }

    @Override
    public void onReady(Session ready) {
        session = ready;
        suspects.addAll(underWay.keySet());
        underWay.clear();
        if (!outlivesSession && !ready.welcome().getResumed()) {
            suspects.clear();
            return;
        }
        suspects.removeIf(suspect -> intents.find(suspect.service(), suspect.key()) != null);
        suspects.stream()
                .filter(suspect -> !awaited.containsKey(suspect))
                .toList()
                .forEach(suspect -> takeBack(ready, suspect));
    }

    @Override
    public void onLost() {
        session = null;
    }

    private void takeBack(Session ready, Address suspect) {
        ready.send(Wire.deregister(suspect.service(), suspect.key()), reply -> {
            if (reply.getCode() == Reply.Code.OK || reply.getCode() == Reply.Code.NOT_FOUND) {
                suspects.remove(suspect);
            }
        });
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes and takes back; any thread may call. What is published is noted in the {@link Intents}. */
final class Publications {
    private final Calls calls;
    private final Intents intents;
    private final Leftovers leftovers;

    Publications(Calls calls, Intents intents, Leftovers leftovers) {
        this.calls = calls;
        this.intents = intents;
        this.leftovers = leftovers;
    }

    CompletableFuture<Void> register(ServiceName service, List<Instance> instances) {
        return calls.submit(new Registering(service, List.copyOf(instances)));
    }

    CompletableFuture<Void> deregister(ServiceName service, InstanceKey key) {
        return calls.submit(new Deregistering(service, key));
    }

    private final class Registering extends Call<Void> {
        private final ServiceName service;
        private final List<Instance> instances;

        Registering(ServiceName service, List<Instance> instances) {
            super("registerInstances " + service);
            this.service = service;
            this.instances = instances;
        }

        @Override
        void begin() {
            if (intents.size() + instances.size() > ClientSettings.MAX_PUBLISHED) {
                fail(new RosterException(
                        RosterException.Code.RESOURCE_EXHAUSTED,
                        what() + ": " + instances.size() + " instances more than " + intents.size()
                                + " (expected: at most " + ClientSettings.MAX_PUBLISHED + " in all)"));
                return;
            }
            leftovers.await(service, instances);
            var unused = answer().whenComplete((done, failure) -> leftovers.settled(service, instances));
        }

        @Override
        void sendOn(Session session) {
            leftovers.register(session, service, instances, this::onReply);
        }

        @Override
        @Nullable
        Void accepted(Reply reply) {
            intents.put(service, instances);
            return null;
        }
    }

    private final class Deregistering extends Call<Void> {
        private final ServiceName service;
        private final InstanceKey key;

        Deregistering(ServiceName service, InstanceKey key) {
            super("deregisterInstance " + service + " " + key.ip() + ":" + key.port());
            this.service = service;
            this.key = key;
        }

        /** At once: should the connection break, it is not published again. */
        @Override
        void begin() {
            leftovers.unwanted(service, key);
            intents.remove(service, key);
        }

        @Override
        void sendOn(Session session) {
            session.send(Wire.deregister(service, key), this::onReply);
        }

        /** Again: a registration made before may have been acknowledged meanwhile. */
        @Override
        @Nullable
        Void accepted(Reply reply) {
            leftovers.gone(service, key);
            intents.remove(service, key);
            return null;
        }

        @Override
        boolean isAsWanted(Reply.Code code) {
            return code == Reply.Code.OK || code == Reply.Code.NOT_FOUND;
        }
    }
}

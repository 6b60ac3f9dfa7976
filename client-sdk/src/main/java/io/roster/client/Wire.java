// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Snapshot;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Unsubscribe;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Translates between the model and the messages of {@code roster.v1}, with the defaults that the wire leaves out. */
final class Wire {
    private Wire() {}

    static ClientMessage.Builder register(ServiceName service, Collection<Instance> instances) {
        Register.Builder register = Register.newBuilder().setService(ref(service));
        instances.forEach(instance -> register.addInstances(message(instance)));
        return ClientMessage.newBuilder().setRegister(register);
    }

    static ClientMessage.Builder deregister(ServiceName service, InstanceKey key) {
        return ClientMessage.newBuilder()
                .setDeregister(Deregister.newBuilder().setService(ref(service)).addInstances(message(key)));
    }

    static ClientMessage.Builder subscribe(SubscriptionKey key, @Nullable Have have) {
        Subscribe.Builder subscribe =
                Subscribe.newBuilder().setService(ref(key.service())).setView(message(key.view()));
        if (have != null) {
            subscribe.setHave(have);
        }
        return ClientMessage.newBuilder().setSubscribe(subscribe);
    }

    static ClientMessage.Builder unsubscribe(SubscriptionKey key) {
        return ClientMessage.newBuilder()
                .setUnsubscribe(
                        Unsubscribe.newBuilder().setService(ref(key.service())).setView(message(key.view())));
    }

    static ClientMessage.Builder query(ServiceName service) {
        return ClientMessage.newBuilder().setQuery(Query.newBuilder().setService(ref(service)));
    }

    static ServiceRef ref(ServiceName service) {
        ServiceRef.Builder ref =
                ServiceRef.newBuilder().setGroup(service.group()).setName(service.name());
        if (service.namespace() != null) {
            ref.setNamespace(service.namespace());
        }
        return ref.build();
    }

    static ServiceName service(ServiceRef ref, String defaultNamespace) {
        return new ServiceName(
                orElse(ref.getNamespace(), defaultNamespace),
                orElse(ref.getGroup(), ServiceName.DEFAULT_GROUP),
                ref.getName());
    }

    static View view(io.roster.proto.v1.View view) {
        return new View(view.getClustersList(), view.getHealthyOnly());
    }

    static InstanceKey key(io.roster.proto.v1.InstanceKey key) {
        return new InstanceKey(key.getIp(), key.getPort(), orElse(key.getCluster(), Instance.DEFAULT_CLUSTER));
    }

    static io.roster.proto.v1.InstanceKey message(InstanceKey key) {
        return io.roster.proto.v1.InstanceKey.newBuilder()
                .setIp(key.ip())
                .setPort(key.port())
                .setCluster(key.cluster())
                .build();
    }

    static InstanceList.Flags flags(Snapshot snapshot) {
        return new InstanceList.Flags(snapshot.getProtected(), snapshot.getGuarded());
    }

    static Instance instance(io.roster.proto.v1.Instance message) {
        return new Instance(
                message.getIp(),
                message.getPort(),
                orElse(message.getCluster(), Instance.DEFAULT_CLUSTER),
                message.hasWeight() ? message.getWeight() : 1,
                !message.hasEnabled() || message.getEnabled(),
                !message.hasHealthy() || message.getHealthy(),
                message.getMetadataMap());
    }

    static io.roster.proto.v1.Instance message(Instance instance) {
        return io.roster.proto.v1.Instance.newBuilder()
                .setIp(instance.ip())
                .setPort(instance.port())
                .setCluster(instance.cluster())
                .setWeight(instance.weight())
                .setEnabled(instance.enabled())
                .setHealthy(instance.healthy())
                .putAllMetadata(instance.metadata())
                .build();
    }

    static RosterException exception(String what, Reply reply) {
        String field = reply.getField().isEmpty() ? null : reply.getField();
        return new RosterException(code(reply.getCode().name()), what + ": " + reply.getMessage(), field, null);
    }

    /** The code of this name; INTERNAL if this client does not know it. */
    static RosterException.Code code(String name) {
        for (RosterException.Code code : RosterException.Code.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return RosterException.Code.INTERNAL;
    }

    static String inWords(Reply reply) {
        return reply.getCode() + " " + reply.getMessage();
    }

    static io.roster.proto.v1.View message(View view) {
        return io.roster.proto.v1.View.newBuilder()
                .addAllClusters(view.clusters())
                .setHealthyOnly(view.healthyOnly())
                .build();
    }

    private static String orElse(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }
}

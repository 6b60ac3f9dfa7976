// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ServiceRef;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Limits;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the native wire's values into the model's and checks them at the door. Refusals name the field as the wire does.
 * Stateless; thread: any.
 */
final class NativeDecoder {

    private static final int MAX_VIEW_CLUSTERS = 64;

    private final Limits limits;

    NativeDecoder(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    ServiceName service(ServiceRef ref, String defaultNamespace) {
        try {
            String namespace = ref.getNamespace().isEmpty() ? defaultNamespace : ref.getNamespace();
            return limits.service(namespace, ref.getGroup(), ref.getName());
        } catch (RegistryException refusal) {
            throw refusal.within("service");
        }
    }

    InstanceKey key(io.roster.proto.v1.InstanceKey key) {
        return limits.key(key.getIp(), key.getPort(), key.getCluster());
    }

    Instance instance(io.roster.proto.v1.Instance instance) {
        if (instance.hasEphemeral() && !instance.getEphemeral()) {
            throw RegistryException.of(
                            RegistryException.Code.UNIMPLEMENTED,
                            "persistent instances are not supported yet (expected: ephemeral true or left out)")
                    .within("ephemeral");
        }
        Instance decoded = limits.instance(
                limits.key(instance.getIp(), instance.getPort(), instance.getCluster()),
                instance.hasWeight() ? instance.getWeight() : 1,
                !instance.hasEnabled() || instance.getEnabled(),
                !instance.hasHealthy() || instance.getHealthy(),
                instance.getMetadataMap());
        limits.beatsOf(decoded);
        return decoded;
    }

    /** At least one instance, no key twice. */
    List<Instance> instances(List<io.roster.proto.v1.Instance> instances) {
        if (instances.isEmpty()) {
            throw RegistryException.invalid("instances", "none", "at least one instance");
        }
        List<Instance> decoded = new ArrayList<>(instances.size());
        for (int i = 0; i < instances.size(); i++) {
            try {
                decoded.add(instance(instances.get(i)));
            } catch (RegistryException refusal) {
                throw refusal.within("instances[" + i + "]");
            }
        }
        if (decoded.size() > 1) {
            Set<InstanceKey> seen = new HashSet<>();
            for (int i = 0; i < decoded.size(); i++) {
                if (!seen.add(decoded.get(i).key())) {
                    throw RegistryException.invalid(
                            "instances[" + i + "]", decoded.get(i).key().toString(), "no key twice in a batch");
                }
            }
        }
        return decoded;
    }

    List<InstanceKey> keys(List<io.roster.proto.v1.InstanceKey> keys) {
        List<InstanceKey> decoded = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            try {
                decoded.add(key(keys.get(i)));
            } catch (RegistryException refusal) {
                throw refusal.within("instances[" + i + "]");
            }
        }
        return decoded.stream().distinct().toList();
    }

    View view(io.roster.proto.v1.View view) {
        if (view.getClustersCount() == 0) {
            return View.of(List.of(), view.getHealthyOnly());
        }
        if (view.getClustersCount() > MAX_VIEW_CLUSTERS) {
            throw RegistryException.invalid(
                    "view.clusters", view.getClustersCount() + " clusters", "at most " + MAX_VIEW_CLUSTERS);
        }
        try {
            return View.of(view.getClustersList().stream().map(limits::cluster).toList(), view.getHealthyOnly());
        } catch (RegistryException refusal) {
            throw refusal.within("view");
        }
    }

    /** Checks a text that only people read. */
    static String label(String field, String text, int most) {
        if (text.length() > most) {
            throw RegistryException.invalid(field, text, "at most " + most + " characters, not " + text.length());
        }
        return text;
    }
}

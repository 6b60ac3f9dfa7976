// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Limits;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the registry's nouns from what a request says. A refusal carries the text that Nacos has for it, with Nacos's name
 * of the parameter. Thread: any.
 */
record NacosDecoder(Limits limits) {

    private static final String GROUP_SEPARATOR = "@@";
    private static final int MAX_CLUSTERS = 64;

    /** The service of a request; its group may stand before the name, as {@code GROUP@@name}. */
    ServiceName service(RequestBody body) {
        int at = body.service.indexOf(GROUP_SEPARATOR);
        String group = at < 0 ? body.group : body.service.substring(0, at);
        String name = at < 0 ? body.service : body.service.substring(at + GROUP_SEPARATOR.length());
        return service(body.namespace, group, name);
    }

    /** A service of which only the namespace and the group are meant. */
    ServiceName group(RequestBody body) {
        return service(body.namespace, body.group, "any");
    }

    private ServiceName service(String namespace, String group, String name) {
        return checked(() -> limits.service(namespace, group, name), field -> switch (field) {
            case "namespace" -> Param.text("namespaceId", namespace, limits.namespaceLength());
            case "group" -> Param.text("group", group, limits.groupLength());
            default -> Param.text("serviceName", name, limits.nameLength());
        });
    }

    /** The instances of a request; of two with one key the last counts. */
    List<Instance> instances(Collection<InstanceBody> bodies) {
        Map<InstanceKey, Instance> instances = new LinkedHashMap<>();
        for (InstanceBody body : bodies) {
            Instance instance = instance(body);
            instances.put(instance.key(), instance);
        }
        return List.copyOf(instances.values());
    }

    Instance instance(InstanceBody body) {
        return checked(
                () -> limits.instance(
                        limits.key(body.ip, body.port, body.cluster),
                        body.weight,
                        body.enabled,
                        body.healthy,
                        body.metadata),
                field -> switch (field) {
                    case "port" -> Param.within(field, 0, 65_535);
                    case "weight" -> Param.within(field, 0, 10_000);
                    case "cluster" -> Param.text(field, body.cluster, limits.clusterLength());
                    case "metadata" -> Param.length(field, limits.metadataLength());
                    default -> Param.text("ip", body.ip, Limits.IP_LENGTH);
                });
    }

    /** The part of a list that a request wants. */
    View view(String clusters, boolean healthyOnly) {
        List<String> names = new ArrayList<>();
        for (String part : clusters.split(",", -1)) {
            String name = part.trim();
            if (!name.isEmpty()) {
                names.add(checked(
                        () -> limits.cluster(name), field -> Param.text("cluster", name, limits.clusterLength())));
            }
        }
        if (names.size() > MAX_CLUSTERS) {
            throw Param.within("clusters", 0, MAX_CLUSTERS).refusal();
        }
        return View.of(names, healthyOnly);
    }

    /** A parameter that was refused, and what Nacos says of it. */
    private record Param(String name, String problem) {

        static Param within(String name, int least, int most) {
            return new Param(name, "the value should be between " + least + " and " + most + '.');
        }

        static Param length(String name, int longest) {
            return new Param(name, "the param length should not exceed " + longest + '.');
        }

        static Param text(String name, String value, int longest) {
            return value.length() > longest
                    ? length(name, longest)
                    : new Param(name, "illegal characters should not appear in the param.");
        }

        RegistryException refusal() {
            return RegistryException.of(
                    RegistryException.Code.INVALID_ARGUMENT,
                    "Param check invalid:Param '" + name + "' is illegal, " + problem);
        }
    }

    private static <T> T checked(Supplier<T> check, Function<String, Param> param) {
        try {
            return check.get();
        } catch (RegistryException refusal) {
            throw param.apply(refusal.field()).refusal();
        }
    }
}

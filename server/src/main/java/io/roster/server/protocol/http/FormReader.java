// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Limits;
import io.roster.server.core.ServiceName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the model's values from a request's parameters and checks them at the door. All versions name them alike.
 * Stateless; thread: any.
 */
final class FormReader {

    private static final String SEPARATOR = "@@";
    private static final TypeReference<Map<String, @Nullable String>> METADATA = new TypeReference<>() {};

    private final Limits limits;
    private final ParameterCheck check;

    FormReader(Limits limits) {
        this.limits = limits;
        this.check = new ParameterCheck(limits);
    }

    Limits limits() {
        return limits;
    }

    /** The service of {@code namespaceId}, {@code groupName} and {@code serviceName}. */
    ServiceName service(Parameters parameters) {
        return service(parameters, parameters.required("serviceName"));
    }

    /** A service whose name may carry its group: {@code group@@name} leaves {@code groupName} aside. */
    ServiceName service(Parameters parameters, String fullName) {
        int split = fullName.indexOf(SEPARATOR);
        String group = split > 0 ? fullName.substring(0, split) : group(parameters);
        String name = split > 0 ? fullName.substring(split + SEPARATOR.length()) : fullName;
        if (name.isEmpty()) {
            throw Refusal.missing("serviceName");
        }
        check.group(group);
        check.service(name);
        return limits.service(namespace(parameters), group, name);
    }

    /** Empty, left out and {@code public} are one. */
    String namespace(Parameters parameters) {
        String namespace = parameters.text("namespaceId", ServiceName.DEFAULT_NAMESPACE);
        check.namespace(namespace);
        return namespace;
    }

    String group(Parameters parameters) {
        String group = parameters.text("groupName", ServiceName.DEFAULT_GROUP);
        check.group(group);
        return group;
    }

    InstanceKey key(Parameters parameters) {
        String ip = parameters.required("ip");
        parameters.required("port");
        int port = parameters.number("port", 0, 0, 65_535);
        return key(ip, port, parameters.text("clusterName", parameters.text("cluster", "")));
    }

    InstanceKey key(String ip, int port, String cluster) {
        check.ip(ip);
        check.cluster(cluster);
        return limits.key(ip, port, cluster);
    }

    /** Checks a cluster's name. */
    void cluster(String cluster) {
        check.cluster(cluster);
    }

    /** The instance as an application registers it. */
    Instance instance(Parameters parameters) {
        InstanceKey key = key(parameters);
        persistentIsRefused(parameters.flag("ephemeral", true));
        Double weight = weight(parameters);
        String metadata = parameters.find("metadata");
        return limits.instance(
                key,
                weight == null ? 1 : weight,
                parameters.flag("enabled", "enable", true),
                parameters.flag("healthy", true),
                metadata == null ? Map.of() : metadata(metadata));
    }

    static void persistentIsRefused(boolean ephemeral) {
        if (!ephemeral) {
            throw Refusal.bad(
                    ErrorCode.INSTANCE, "persistent instances are not supported yet (expected: ephemeral=true)");
        }
    }

    @Nullable
    Double weight(Parameters parameters) {
        String text = parameters.find("weight");
        return text == null ? null : (Double) weight(text);
    }

    private static double weight(String text) {
        double weight;
        try {
            weight = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            weight = Double.NaN;
        }
        return weight(weight);
    }

    /** A weight, refused in Nacos's words if it is out of bounds. */
    static double weight(double weight) {
        if (!(weight >= 0 && weight <= 10_000)) {
            throw Refusal.bad(ErrorCode.WEIGHT, "instance format invalid: The weights range from 0.0 to 10000.0");
        }
        return weight;
    }

    /** Metadata as a JSON object or as {@code key=value,key=value}. */
    Map<String, String> metadata(String text) {
        Map<String, String> metadata = new HashMap<>();
        if (text.startsWith("{")) {
            try {
                Json.read(text, METADATA).forEach((key, value) -> metadata.put(key, value == null ? "" : value));
            } catch (JsonProcessingException unreadable) {
                throw badMetadata(text);
            }
        } else {
            for (String pair : text.split(",", -1)) {
                int split = pair.indexOf('=');
                if (split < 0) {
                    throw badMetadata(text);
                }
                metadata.put(pair.substring(0, split), pair.substring(split + 1));
            }
        }
        return limits.metadata(metadata);
    }

    private static Refusal badMetadata(String text) {
        String shown = text.length() <= 64 ? text : text.substring(0, 64) + '…';
        return Refusal.bad(ErrorCode.METADATA, "metadata format incorrect:" + shown);
    }

    /** {@code group@@name}, as clients of this wire know a service. */
    static String fullName(ServiceName service) {
        return service.group() + SEPARATOR + service.name();
    }
}

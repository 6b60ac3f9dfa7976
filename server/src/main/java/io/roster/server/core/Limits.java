// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Map;

/**
 * What the registry takes in, and the door where it is checked, once, whatever the wire. Immutable; thread: any.
 *
 * @param namespaceLength longest namespace, characters
 * @param groupLength longest group
 * @param nameLength longest service name
 * @param clusterLength longest cluster name
 * @param metadataLength longest metadata of an instance, all keys and values together
 * @param instancesPerClient how many instances one client may publish
 * @param subscriptionsPerClient how many lists one stream may hear
 * @param services how many services the server holds, those that are only listened to included
 * @param instances how many claims the server holds
 * @param overrides how many operator's overrides each shard holds
 * @param losses how much a service may lose at once
 * @param beats how long an instance that lives by heartbeats may be silent, unless it says otherwise
 */
public record Limits(
        int namespaceLength,
        int groupLength,
        int nameLength,
        int clusterLength,
        int metadataLength,
        int instancesPerClient,
        int subscriptionsPerClient,
        int services,
        int instances,
        int overrides,
        LossLimits losses,
        BeatLimits beats) {

    public static final Limits DEFAULT = new Limits(
            64,
            128,
            512,
            64,
            1_024,
            10_000,
            10_000,
            1_000_000,
            5_000_000,
            10_000,
            LossLimits.DEFAULT,
            BeatLimits.DEFAULT);

    /** These with another word on losses. */
    public Limits with(LossLimits newLosses) {
        return new Limits(
                namespaceLength,
                groupLength,
                nameLength,
                clusterLength,
                metadataLength,
                instancesPerClient,
                subscriptionsPerClient,
                services,
                instances,
                overrides,
                newLosses,
                beats);
    }

    /** RFC 1035 stops at 253 for host names; addresses are far shorter. Nacos stops at 128. */
    public static final int IP_LENGTH = 128;

    private static final double MAX_WEIGHT = 10_000;

    static final String BEAT_INTERVAL = "preserved.heart.beat.interval";
    static final String BEAT_TIMEOUT = "preserved.heart.beat.timeout";
    static final String DELETE_TIMEOUT = "preserved.ip.delete.timeout";
    static final String BEAT_CHECK = "preserved.heart.beat.check";

    /** Makes a service's name; an empty namespace or group means the default one. */
    public ServiceName service(String namespace, String group, String name) {
        String space = namespace.isEmpty() ? ServiceName.DEFAULT_NAMESPACE : namespace;
        String groupName = group.isEmpty() ? ServiceName.DEFAULT_GROUP : group;
        length("namespace", space, namespaceLength);
        characters("namespace", space, "_-");
        length("group", groupName, groupLength);
        characters("group", groupName, "_-:.");
        if (name.isEmpty()) {
            throw RegistryException.invalid("name", name, "a service name");
        }
        length("name", name, nameLength);
        visible("name", name);
        if (name.startsWith("@") || name.contains("@@")) {
            throw RegistryException.invalid("name", name, "no @@, and no @ at the beginning");
        }
        return new ServiceName(space, groupName, name);
    }

    /** Makes an instance's key; an empty cluster means the default one. */
    public InstanceKey key(String ip, int port, String cluster) {
        if (ip.isEmpty()) {
            throw RegistryException.invalid("ip", ip, "an IP address or a host name");
        }
        length("ip", ip, IP_LENGTH);
        visible("ip", ip);
        if (port < 0 || port > 65_535) {
            throw RegistryException.invalid("port", port, "0 to 65535");
        }
        return new InstanceKey(ip, port, cluster(cluster));
    }

    /** Checks a cluster's name; empty means the default one. */
    public String cluster(String cluster) {
        if (cluster.isEmpty()) {
            return InstanceKey.DEFAULT_CLUSTER;
        }
        length("cluster", cluster, clusterLength);
        characters("cluster", cluster, "_-");
        return cluster;
    }

    /** Makes an instance. */
    public Instance instance(
            InstanceKey key, double weight, boolean enabled, boolean healthy, Map<String, String> metadata) {
        return new Instance(key, weight(weight), enabled, healthy, metadata(metadata));
    }

    /** Checks metadata. */
    public Map<String, String> metadata(Map<String, String> metadata) {
        int length = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            length += entry.getKey().length() + entry.getValue().length();
        }
        if (length > metadataLength) {
            throw RegistryException.invalid(
                    "metadata", length + " characters", "at most " + metadataLength + " in all keys and values");
        }
        return metadata;
    }

    /** Checks a weight. */
    public double weight(double weight) {
        if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
            throw RegistryException.invalid("weight", weight, "0 to 10000");
        }
        return weight;
    }

    /** Checks a protection threshold. */
    public double threshold(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw RegistryException.invalid("protection_threshold", threshold, "0 to 1");
        }
        return threshold;
    }

    /** How long an instance may be silent: what its metadata says, else the server's own limits. */
    public BeatLimits beatsOf(Instance instance) {
        Map<String, String> metadata = instance.metadata();
        if (metadata.isEmpty()) {
            return beats;
        }
        BeatLimits own = new BeatLimits(
                milliseconds(metadata, BEAT_INTERVAL, beats.intervalMs()),
                milliseconds(metadata, BEAT_TIMEOUT, beats.timeoutMs()),
                milliseconds(metadata, DELETE_TIMEOUT, beats.deleteMs()),
                !"false".equals(metadata.get(BEAT_CHECK)));
        return own.equals(beats) ? beats : own;
    }

    private static long milliseconds(Map<String, String> metadata, String key, long otherwise) {
        String text = metadata.get(key);
        if (text == null) {
            return otherwise;
        }
        if (text.isEmpty() || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw RegistryException.invalid("metadata[" + key + "]", text, "milliseconds in decimal digits");
        }
        long value = Long.parseLong(text);
        if (value == 0) {
            throw RegistryException.invalid("metadata[" + key + "]", text, "> 0");
        }
        return value;
    }

    private static void length(String field, String value, int most) {
        if (value.length() > most) {
            throw RegistryException.invalid(field, value, "at most " + most + " characters, not " + value.length());
        }
    }

    private static void visible(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || Character.isWhitespace(c) || Character.isISOControl(c)) {
                throw RegistryException.invalid(field, value, "no white space or control characters");
            }
        }
    }

    private static void characters(String field, String value, String others) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && others.indexOf(c) < 0) {
                throw RegistryException.invalid(field, value, "only letters, digits and " + others);
            }
        }
    }
}

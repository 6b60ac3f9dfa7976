// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One address that serves a service. Within a service, ip, port and cluster tell instances apart. Immutable. The registry
 * judges the values: what it does not like is refused with {@link RosterException.Code#INVALID_ARGUMENT} on registering.
 *
 * @param ip an IPv4 or IPv6 address or a host name
 * @param port 0 to 65535
 * @param cluster the part of the service it belongs to
 * @param weight its share of the requests, 0 to 10,000; an instance of weight 0 gets none
 * @param enabled false hides it from every consumer
 * @param healthy whether it can be expected to answer
 * @param metadata free texts for its consumers
 */
public record Instance(
        String ip,
        int port,
        String cluster,
        double weight,
        boolean enabled,
        boolean healthy,
        Map<String, String> metadata) {
    /** The cluster of an instance that names none. */
    public static final String DEFAULT_CLUSTER = "DEFAULT";

    public Instance {
        Objects.requireNonNull(ip, "ip");
        Objects.requireNonNull(cluster, "cluster");
        metadata = Map.copyOf(metadata);
    }

    /** A healthy instance of weight 1 in the default cluster, without metadata. */
    public static Instance of(String ip, int port) {
        return builder(ip, port).build();
    }

    /** Begins with what {@link #of} gives. */
    public static Builder builder(String ip, int port) {
        return new Builder(ip, port);
    }

    InstanceKey key() {
        return new InstanceKey(ip, port, cluster);
    }

    /** Puts an instance together. For one thread. */
    public static final class Builder {
        private final String ip;
        private final int port;
        private String cluster = DEFAULT_CLUSTER;
        private double weight = 1;
        private boolean enabled = true;
        private boolean healthy = true;
        private final Map<String, String> metadata = new HashMap<>();

        private Builder(String ip, int port) {
            this.ip = ip;
            this.port = port;
        }

        /** Default "DEFAULT". */
        public Builder cluster(String value) {
            cluster = value;
            return this;
        }

        /** 0 to 10,000; default 1. */
        public Builder weight(double value) {
            weight = value;
            return this;
        }

        /** Default true. */
        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** Default true. */
        public Builder healthy(boolean value) {
            healthy = value;
            return this;
        }

        /** Adds one entry; the last one of a key counts. */
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /** Adds entries; the last one of a key counts. */
        public Builder metadata(Map<String, String> entries) {
            metadata.putAll(entries);
            return this;
        }

        public Instance build() {
            return new Instance(ip, port, cluster, weight, enabled, healthy, metadata);
        }
    }
}

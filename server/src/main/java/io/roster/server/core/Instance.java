// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Map;

/**
 * One address that serves a service, with what is said about it. Immutable. {@link Limits#instance} makes one from what
 * a wire said and checks it.
 */
public final class Instance {

    private final InstanceKey key;
    private final double weight;
    private final boolean enabled;
    private final boolean healthy;
    private final Map<String, String> metadata;
    private final long digest;

    /**
     * @param weight its share of the traffic, 0 to 10,000
     * @param enabled whether consumers may see it
     * @param healthy whether it can serve now
     * @param metadata what the application says about it
     */
    public Instance(InstanceKey key, double weight, boolean enabled, boolean healthy, Map<String, String> metadata) {
        this.key = key;
        this.weight = weight;
        this.enabled = enabled;
        this.healthy = healthy;
        this.metadata = Map.copyOf(metadata);
        this.digest = Digest.of(this);
    }

    /** A healthy, enabled instance of weight 1 that says nothing more. */
    public static Instance of(String ip, int port) {
        return new Instance(new InstanceKey(ip, port, InstanceKey.DEFAULT_CLUSTER), 1, true, true, Map.of());
    }

    public InstanceKey key() {
        return key;
    }

    public double weight() {
        return weight;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public boolean isHealthy() {
        return healthy;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** Its part in the digest of a list; see the wire's Instance message for the rule. */
    public long digest() {
        return digest;
    }

    public Instance withHealthy(boolean newHealthy) {
        return newHealthy == healthy ? this : new Instance(key, weight, enabled, newHealthy, metadata);
    }

    public Instance withWeight(double newWeight) {
        return newWeight == weight ? this : new Instance(key, newWeight, enabled, healthy, metadata);
    }

    public Instance withEnabled(boolean newEnabled) {
        return newEnabled == enabled ? this : new Instance(key, weight, newEnabled, healthy, metadata);
    }

    public Instance withMetadata(Map<String, String> newMetadata) {
        return newMetadata.equals(metadata) ? this : new Instance(key, weight, enabled, healthy, newMetadata);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Instance that
                        && digest == that.digest
                        && Double.compare(weight, that.weight) == 0
                        && enabled == that.enabled
                        && healthy == that.healthy
                        && key.equals(that.key)
                        && metadata.equals(that.metadata));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(digest);
    }

    @Override
    public String toString() {
        return key + "(weight " + weight + (healthy ? "" : ", unhealthy") + (enabled ? "" : ", disabled") + ' '
                + metadata + ')';
    }
}

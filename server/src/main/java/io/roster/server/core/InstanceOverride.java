// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of an instance over its application's head.
 *
 * @param enabled whether consumers may see it, or null to leave that to the application
 * @param weight its weight, or null to leave that to the application
 * @param metadata laid over what the application says, key by key, or null for nothing
 */
public record InstanceOverride(
        @Nullable Boolean enabled,
        @Nullable Double weight,
        @Nullable Map<String, String> metadata) {

    public InstanceOverride {
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    public InstanceOverride(@Nullable Boolean enabled, @Nullable Double weight) {
        this(enabled, weight, null);
    }

    Instance over(Instance instance) {
        Instance seen = enabled == null ? instance : instance.withEnabled(enabled);
        seen = weight == null ? seen : seen.withWeight(weight);
        if (metadata == null || metadata.isEmpty()) {
            return seen;
        }
        Map<String, String> merged = new HashMap<>(seen.metadata());
        merged.putAll(metadata);
        return seen.withMetadata(merged);
    }

    /** This override with what a newer one says in place of what it said. */
    InstanceOverride amendedBy(InstanceOverride newer) {
        return new InstanceOverride(
                newer.enabled == null ? enabled : newer.enabled,
                newer.weight == null ? weight : newer.weight,
                newer.metadata == null ? metadata : newer.metadata);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import org.jspecify.annotations.Nullable;

/**
 * What an operator says of an instance over its application's head.
 *
 * @param enabled whether consumers may see it, or null to leave that to the application
 * @param weight its weight, or null to leave that to the application
 */
public record InstanceOverride(
        @Nullable Boolean enabled, @Nullable Double weight) {

    Instance over(Instance instance) {
        Instance seen = enabled == null ? instance : instance.withEnabled(enabled);
        return weight == null ? seen : seen.withWeight(weight);
    }

    /** This override with what a newer one says in place of what it said. */
    InstanceOverride amendedBy(InstanceOverride newer) {
        return new InstanceOverride(
                newer.enabled == null ? enabled : newer.enabled, newer.weight == null ? weight : newer.weight);
    }
}

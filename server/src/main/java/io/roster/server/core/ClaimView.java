// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import org.jspecify.annotations.Nullable;

/**
 * One claim as an operator sees it.
 *
 * @param registration the claim
 * @param isNewest whether consumers see this claim, not one that came later
 * @param isSilent whether it was judged silent
 * @param isHeld whether it is listed though its publisher is lost
 * @param silenceMs since its last beat, or null if its stream keeps it alive
 * @param override what an operator says of its key, or null
 */
public record ClaimView(
        Registration registration,
        boolean isNewest,
        boolean isSilent,
        boolean isHeld,
        @Nullable Long silenceMs,
        @Nullable InstanceOverride override) {

    /** The instance as it counts: with what silence and operators have made of it, enabled or not. */
    public Instance seen() {
        Instance published = registration.instance();
        Instance shown = isSilent ? published.withHealthy(false) : published;
        return override == null ? shown : override.over(shown);
    }
}

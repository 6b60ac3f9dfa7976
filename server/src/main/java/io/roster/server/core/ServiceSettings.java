// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What operators say of a whole service. Immutable.
 *
 * @param protectionThreshold the share of healthy instances from which downwards all are offered
 * @param healthChecked whether its instances that live by heartbeats are judged
 * @param declared the metadata it was declared with, or null if it exists only as long as somebody publishes it
 */
public record ServiceSettings(
        double protectionThreshold,
        boolean healthChecked,
        @Nullable Map<String, String> declared) {

    /** Nobody said anything. */
    public static final ServiceSettings DEFAULT = new ServiceSettings(0, true, null);

    /** These with what is said in place of what was; null leaves a setting as it is. */
    ServiceSettings with(@Nullable Double threshold, @Nullable Boolean checked) {
        return new ServiceSettings(
                threshold == null ? protectionThreshold : threshold,
                checked == null ? healthChecked : checked,
                declared);
    }

    ServiceSettings declaredWith(Map<String, String> metadata) {
        return new ServiceSettings(protectionThreshold, healthChecked, Map.copyOf(metadata));
    }
}

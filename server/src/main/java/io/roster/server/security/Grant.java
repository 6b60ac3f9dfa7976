// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import io.roster.server.core.ServiceName;

/**
 * A role on some services.
 *
 * @param namespace their namespace, or {@link #EVERY}
 * @param prefix how their names begin; empty for all
 */
public record Grant(Role role, String namespace, String prefix) {

    /** Stands for every namespace. */
    public static final String EVERY = "*";

    boolean covers(Role wanted, ServiceName service) {
        return role.includes(wanted)
                && (namespace.equals(EVERY) || namespace.equals(service.namespace()))
                && service.name().startsWith(prefix);
    }

    boolean coversAll(Role wanted) {
        return role.includes(wanted) && namespace.equals(EVERY) && prefix.isEmpty();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import io.roster.server.core.ServiceName;
import java.util.List;

/**
 * Somebody the server knows, and what it lets them do. Immutable.
 *
 * @param name unique among users, tokens and certificates
 */
public record Principal(String name, List<Grant> grants) {

    /** Everybody, where authentication is off. */
    public static final Principal ANYBODY = new Principal("anybody", List.of(new Grant(Role.OPERATE, Grant.EVERY, "")));

    /** Who has not said who they are. */
    public static final Principal NOBODY = new Principal("nobody", List.of());

    public Principal {
        grants = List.copyOf(grants);
    }

    boolean may(Role role, ServiceName service) {
        for (int i = 0; i < grants.size(); i++) {
            if (grants.get(i).covers(role, service)) {
                return true;
            }
        }
        return false;
    }

    boolean mayEverywhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.coversAll(role));
    }

    boolean maySee(String namespace) {
        return grants.stream()
                .anyMatch(grant -> grant.namespace().equals(Grant.EVERY)
                        || grant.namespace().equals(namespace));
    }

    boolean maySomewhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.role().includes(role));
    }
}

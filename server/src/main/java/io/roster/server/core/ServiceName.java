// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Names a service. {@link Limits#service} makes one from what a wire said and checks it.
 *
 * @param namespace the tenant, {@code public} by default
 * @param group the group, {@code DEFAULT_GROUP} by default
 * @param name the service's own name
 */
public record ServiceName(String namespace, String group, String name) implements Comparable<ServiceName> {

    public static final String DEFAULT_NAMESPACE = "public";
    public static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    @Override
    public int compareTo(ServiceName other) {
        int order = namespace.compareTo(other.namespace);
        if (order == 0) {
            order = group.compareTo(other.group);
        }
        return order == 0 ? name.compareTo(other.name) : order;
    }

    /** As a night operator reads it: {@code namespace/group/name}. */
    @Override
    public String toString() {
        return namespace + '/' + group + '/' + name;
    }
}

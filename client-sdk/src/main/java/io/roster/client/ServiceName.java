// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a service. The registry judges the characters: a name it does not like is refused with {@link
 * RosterException.Code#INVALID_ARGUMENT} when it is first used.
 *
 * @param namespace null stands for the namespace of the client that uses the name
 * @param group the group within the namespace
 * @param name the name within the group
 */
public record ServiceName(@Nullable String namespace, String group, String name) {
    /** The group of a service that names none. */
    public static final String DEFAULT_GROUP = "DEFAULT_GROUP";

    static final Comparator<ServiceName> ORDER = Comparator.comparing(
                    ServiceName::namespace, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
            .thenComparing(ServiceName::group)
            .thenComparing(ServiceName::name);

    public ServiceName {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(name, "name");
    }

    /** The service of this name in the default group of the client's namespace. */
    public static ServiceName of(String name) {
        return new ServiceName(null, DEFAULT_GROUP, name);
    }

    /** The service of this name in a group of the client's namespace. */
    public static ServiceName of(String group, String name) {
        return new ServiceName(null, group, name);
    }

    /** The service of this name in a group of a namespace. */
    public static ServiceName of(String namespace, String group, String name) {
        return new ServiceName(Objects.requireNonNull(namespace, "namespace"), group, name);
    }

    ServiceName within(String defaultNamespace) {
        return namespace == null ? new ServiceName(defaultNamespace, group, name) : this;
    }

    @Override
    public String toString() {
        return (namespace == null ? "" : namespace + "/") + group + "/" + name;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part of a list is wanted. Equal views share their lists and their encodings.
 *
 * @param clusters only these clusters, sorted; empty means all
 * @param healthyOnly only healthy instances, except while the service is protected
 */
public record View(Set<String> clusters, boolean healthyOnly) {

    /** The whole list. */
    public static final View ALL = new View(Set.of(), false);

    public static View of(Collection<String> clusters, boolean healthyOnly) {
        return clusters.isEmpty() && !healthyOnly ? ALL : new View(new TreeSet<>(clusters), healthyOnly);
    }

    public boolean isAll() {
        return clusters.isEmpty() && !healthyOnly;
    }

    boolean selects(String cluster) {
        return clusters.isEmpty() || clusters.contains(cluster);
    }

    /** Whether an instance of a selected cluster is offered: while the service is protected, each one is. */
    boolean offers(Instance instance, boolean isProtected) {
        return !healthyOnly || isProtected || instance.isHealthy();
    }
}

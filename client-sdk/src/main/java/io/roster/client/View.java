// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part of a list is wanted. Two views are equal if they ask for the same.
 *
 * @param clusters only the instances of these clusters; none means all. Sorted, none twice
 * @param healthyOnly only the healthy instances, except while so few are healthy that the registry offers all
 */
public record View(List<String> clusters, boolean healthyOnly) {
    /** The whole list. */
    public static final View ALL = new View(List.of(), false);

    public View {
        clusters = List.copyOf(new TreeSet<>(clusters));
    }

    /** The healthy instances of all clusters. */
    public static View healthy() {
        return new View(List.of(), true);
    }

    /** All instances of the given clusters. */
    public static View clusters(Set<String> clusters) {
        return new View(List.copyOf(clusters), false);
    }
}

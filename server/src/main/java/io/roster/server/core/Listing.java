// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.List;

/**
 * A service's list as one view shows it. Immutable.
 *
 * @param instances sorted by key
 * @param healthy how many of the selected clusters' instances are healthy
 * @param total how many instances the selected clusters have
 * @param isProtected whether so few are healthy that all are offered
 * @param digest the digest of {@code instances}
 */
public record Listing(List<Instance> instances, int healthy, int total, boolean isProtected, long digest) {

    /** The rule of the protection threshold: too few healthy ones would be overrun, so all are offered. */
    static boolean isProtected(int healthy, int total, double threshold) {
        return total > 0 && healthy <= threshold * total;
    }
}

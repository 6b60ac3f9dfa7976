// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.Comparator;

/** Tells the instances of one service apart; in the order in which the registry lists them. */
record InstanceKey(String ip, int port, String cluster) implements Comparable<InstanceKey> {
    private static final Comparator<InstanceKey> ORDER = Comparator.comparing(InstanceKey::ip)
            .thenComparingInt(InstanceKey::port)
            .thenComparing(InstanceKey::cluster);

    @Override
    public int compareTo(InstanceKey other) {
        return ORDER.compare(this, other);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Names an instance within its service. {@link Limits#key} makes one from what a wire said and checks it.
 *
 * @param ip an IPv4 or IPv6 address or a host name
 * @param port 0 to 65,535
 * @param cluster the cluster, {@code DEFAULT} by default
 */
public record InstanceKey(String ip, int port, String cluster) implements Comparable<InstanceKey> {

    public static final String DEFAULT_CLUSTER = "DEFAULT";

    @Override
    public int compareTo(InstanceKey other) {
        int order = ip.compareTo(other.ip);
        if (order == 0) {
            order = Integer.compare(port, other.port);
        }
        return order == 0 ? cluster.compareTo(other.cluster) : order;
    }

    @Override
    public String toString() {
        return ip + ':' + port + '@' + cluster;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/** Names an instance within its service. {@link Limits#key} makes one from what a wire said and checks it. */
public final class InstanceKey implements Comparable<InstanceKey> {

    public static final String DEFAULT_CLUSTER = "DEFAULT";

    private final String ip;
    private final int port;
    private final String cluster;

    /** Where the beginning of the ip stands in the order of texts, so that most comparisons read no text. */
    private final long rank;

    /**
     * @param ip an IPv4 or IPv6 address or a host name
     * @param port 0 to 65,535
     * @param cluster the cluster, {@code DEFAULT} by default
     */
    public InstanceKey(String ip, int port, String cluster) {
        this.ip = ip;
        this.port = port;
        this.cluster = cluster;
        this.rank = TextRank.of(ip);
    }

    public String ip() {
        return ip;
    }

    public int port() {
        return port;
    }

    public String cluster() {
        return cluster;
    }

    @Override
    public int compareTo(InstanceKey other) {
        int order = Long.compare(rank, other.rank);
        if (order == 0) {
            order = ip.compareTo(other.ip);
        }
        if (order == 0) {
            order = Integer.compare(port, other.port);
        }
        return order == 0 ? cluster.compareTo(other.cluster) : order;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof InstanceKey that
                        && rank == that.rank
                        && port == that.port
                        && ip.equals(that.ip)
                        && cluster.equals(that.cluster));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * ip.hashCode() + port) + cluster.hashCode();
    }

    @Override
    public String toString() {
        return ip + ':' + port + '@' + cluster;
    }
}

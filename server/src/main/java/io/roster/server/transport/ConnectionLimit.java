// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections a port takes in: so many in all, so many of each address, whether or not anything is said on them. Without
 * it one peer could use up the files that the process may open, and nobody else would get in. Thread: any.
 */
public final class ConnectionLimit {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);

    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final String setting;
    private final int most;
    private final int mostOfAddress;
    private final Refusals refusals;

    /**
     * A limit that nothing is counted against yet.
     *
     * @param setting what bounds the number of all, for people
     * @param nanoTime a monotonic clock
     */
    public ConnectionLimit(String setting, int most, int mostOfAddress, LongSupplier nanoTime) {
        this.setting = setting;
        this.most = most;
        this.mostOfAddress = mostOfAddress;
        this.refusals = new Refusals(log, "connections closed", nanoTime);
    }

    /**
     * Counts a connection.
     *
     * @return whether it may stay; counted it is either way, until {@link #leave}
     */
    public boolean enter(InetAddress from) {
        if (byAddress.merge(from, 1, Integer::sum) > mostOfAddress) {
            connections.incrementAndGet();
            refuse(from, "connections-per-address", mostOfAddress);
            return false;
        }
        if (connections.incrementAndGet() > most) {
            refuse(from, setting, most);
            return false;
        }
        return true;
    }

    private void refuse(InetAddress from, String reached, int limit) {
        refusals.add(from.getHostAddress(), reached + ": " + limit + " reached");
    }

    /** A connection that was counted has ended. */
    public void leave(InetAddress from) {
        connections.decrementAndGet();
        byAddress.computeIfPresent(from, (address, held) -> held == 1 ? null : held - 1);
    }

    /** How many there are. */
    public int count() {
        return connections.get();
    }

    /** How many were not let stay. */
    public long closedCount() {
        return refusals.count();
    }
}

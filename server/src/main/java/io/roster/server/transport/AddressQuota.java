// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.roster.server.core.RegistryException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many streams each address holds, over all wires. Thread: any. */
public final class AddressQuota {

    private final ConcurrentMap<String, Integer> streams = new ConcurrentHashMap<>();
    private final int most;

    /**
     * @param most how many streams one address may hold
     */
    public AddressQuota(int most) {
        this.most = most;
    }

    /**
     * Counts a stream.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if its address has too many; it was not counted
     */
    public void enter(Peer peer) {
        if (streams.merge(peer.host(), 1, Integer::sum) > most) {
            leave(peer);
            throw RegistryException.exhausted("streams-per-address", most, peer.host() + " should share its streams");
        }
    }

    /** A stream that was counted has ended. */
    public void leave(Peer peer) {
        streams.computeIfPresent(peer.host(), (host, count) -> count == 1 ? null : count - 1);
    }
}

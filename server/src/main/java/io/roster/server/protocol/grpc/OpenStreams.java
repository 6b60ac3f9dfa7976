// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.GoAway;
import io.roster.server.core.RegistryException;
import io.roster.server.transport.Peer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams that are open now, so that all can be told to leave, and how many come from each address. Thread: any. */
final class OpenStreams {

    /** A stream that can be asked to end. */
    interface Leaving {
        /** Says why, finishes what is under way and ends. Any thread. */
        void goAway(GoAway reason);
    }

    private final Set<Leaving> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();
    private final int maxPerAddress;

    OpenStreams(int maxPerAddress) {
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Lets a stream in.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if its address has too many
     */
    void enter(Leaving stream, Peer peer) {
        int count = perAddress.merge(peer.host(), 1, Integer::sum);
        if (count > maxPerAddress) {
            leave(stream, peer);
            throw RegistryException.exhausted(
                    "streams-per-address", maxPerAddress, peer.host() + " should share its streams");
        }
        open.add(stream);
    }

    void leave(Leaving stream, Peer peer) {
        open.remove(stream);
        perAddress.computeIfPresent(peer.host(), (host, count) -> count == 1 ? null : count - 1);
    }

    /** A number that no stream of this server had before. */
    long nextSerial() {
        return serial.incrementAndGet();
    }

    int count() {
        return open.size();
    }

    void goAway(GoAway reason) {
        open.forEach(stream -> stream.goAway(reason));
    }
}

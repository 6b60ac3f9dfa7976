// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.GoAway;
import io.roster.server.core.RegistryException;
import io.roster.server.transport.AddressQuota;
import io.roster.server.transport.Peer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams that are open now, so that all can be told to leave, and how many come from each address. Thread: any. */
final class OpenStreams {

    /** A stream that can be asked to end. */
    interface Leaving {
        /** Says why, finishes what is under way and ends. Any thread. */
        void goAway(GoAway reason);
    }

    private final Set<Leaving> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong serial = new AtomicLong();
    private final AddressQuota quota;

    OpenStreams(AddressQuota quota) {
        this.quota = quota;
    }

    /**
     * Lets a stream in.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if its address has too many
     */
    void enter(Leaving stream, Peer peer) {
        quota.enter(peer);
        open.add(stream);
    }

    void leave(Leaving stream, Peer peer) {
        if (open.remove(stream)) {
            quota.leave(peer);
        }
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

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.GoAway;
import io.roster.server.core.RegistryException;
import io.roster.server.transport.Admission;
import io.roster.server.transport.Peer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams that are open now, so that all can be told to leave. Thread: any. */
final class OpenStreams {

    /** A stream that can be asked to end. */
    interface Leaving {
        /** Says why, finishes what is under way and ends. Any thread. */
        void goAway(GoAway reason);
    }

    private final Set<Leaving> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong serial = new AtomicLong();
    private final Admission admission;

    OpenStreams(Admission admission) {
        this.admission = admission;
    }

    /**
     * Lets a stream in.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if there are too many
     */
    void enter(Leaving stream, Peer peer) {
        admission.enter(peer);
        open.add(stream);
    }

    void leave(Leaving stream, Peer peer) {
        if (open.remove(stream)) {
            admission.leave(peer);
        }
    }

    /** A number that no stream of this server had before. */
    long nextSerial() {
        return serial.incrementAndGet();
    }

    /** How many streams of any wire were refused. */
    long refusedCount() {
        return admission.refusedCount();
    }

    int count() {
        return open.size();
    }

    void goAway(GoAway reason) {
        open.forEach(stream -> stream.goAway(reason));
    }
}

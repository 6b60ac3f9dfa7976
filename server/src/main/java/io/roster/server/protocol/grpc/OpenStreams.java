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

/** The streams that are open now, so that all can be told to leave, or looked at again. Thread: any. */
final class OpenStreams {

    /** A stream that is open. Its methods may be called by any thread. */
    interface OpenStream {
        /** Says why, finishes what is under way and ends. */
        void goAway(GoAway reason);

        /** What callers may do has changed: ends if its caller hears what it may not hear any more. */
        void checkAgain();
    }

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
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
    void enter(OpenStream stream, Peer peer) {
        admission.enter(peer);
        open.add(stream);
    }

    void leave(OpenStream stream, Peer peer) {
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

    void checkAgain() {
        open.forEach(OpenStream::checkAgain);
    }
}

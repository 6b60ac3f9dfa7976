// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.roster.server.core.RegistryException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which streams may begin, over all wires: so many a second, so many in all, so many of each address. Thread: any. */
public final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    /** Who holds a stream rarely gives it up within less. */
    private static final long RETRY_AFTER_MS = 5_000;

    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final int mostOfAddress;
    private final int most;
    private final ConnectRate rate;
    private final Refusals refusals;

    /**
     * @param mostOfAddress how many streams one address may hold
     * @param most how many streams all may hold
     * @param rate how many may begin a second
     */
    public Admission(int mostOfAddress, int most, ConnectRate rate) {
        this.mostOfAddress = mostOfAddress;
        this.most = most;
        this.rate = rate;
        this.refusals = new Refusals(log, "streams refused", rate::now);
    }

    /**
     * Counts a stream.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if it is one too many; it was not counted
     */
    public void enter(Peer peer) {
        if (byAddress.merge(peer.host(), 1, Integer::sum) > mostOfAddress) {
            leaveAddress(peer);
            throw refused(
                    peer,
                    RegistryException.exhausted(
                            "streams-per-address", mostOfAddress, peer.host() + " should share its streams"),
                    RETRY_AFTER_MS);
        }
        if (streams.incrementAndGet() > most) {
            leave(peer);
            throw refused(peer, RegistryException.exhausted("max-streams", most, "raise the limit"), RETRY_AFTER_MS);
        }
        long retryAfterMs = rate.tryEnter();
        if (retryAfterMs > 0) {
            leave(peer);
            throw refused(
                    peer,
                    RegistryException.exhausted(
                            "max-connects-per-second", rate.perSecond(), "try again in " + retryAfterMs + " ms"),
                    retryAfterMs);
        }
    }

    private RegistryException refused(Peer peer, RegistryException refusal, long retryAfterMs) {
        refusals.add(peer.address(), refusal.getMessage());
        return refusal.retryAfter(retryAfterMs);
    }

    /** How many streams were refused. */
    public long refusedCount() {
        return refusals.count();
    }

    /** A stream that was counted has ended. */
    public void leave(Peer peer) {
        streams.decrementAndGet();
        leaveAddress(peer);
    }

    private void leaveAddress(Peer peer) {
        byAddress.computeIfPresent(peer.host(), (host, count) -> count == 1 ? null : count - 1);
    }

    /** How many streams are held. */
    public int count() {
        return streams.get();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which services of a shard have claims that live by heartbeats, and how a judge is led past them. Confined to the shard's
 * loop.
 */
final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    /** Claims judged in one go; between two goes the loop does what has arrived. About a tenth of a millisecond. */
    private static final int SLICE = 2_000;

    private final EventLoop loop;
    private final Claims claims;
    private final LossGuard guard;
    private final Set<ServiceState> leased = new HashSet<>();

    /** Silence before this moment may be the server's own and counts for nothing. */
    private long heardSinceMs;

    Sweep(EventLoop loop, Claims claims, LossGuard guard) {
        this.loop = loop;
        this.claims = claims;
        this.guard = guard;
        this.heardSinceMs = loop.nowMs();
    }

    void add(ServiceState state) {
        leased.add(state);
    }

    void remove(ServiceState state) {
        leased.remove(state);
    }

    /** Nobody could be heard until now: all silence starts anew. */
    void forgive() {
        heardSinceMs = loop.nowMs();
        guard.forgive();
    }

    /** Has every claim that lives by heartbeats judged, a slice at a time. */
    void run(Judge judge) {
        slice(new ArrayList<>(leased), 0, judge);
    }

    private void slice(List<ServiceState> states, int from, Judge judge) {
        int judged = 0;
        int next = from;
        while (next < states.size() && judged < SLICE) {
            ServiceState state = states.get(next++);
            if (state.hasLeases()) {
                judged += state.forEachClaim(claim -> judge(claim, judge));
            } else {
                leased.remove(state);
            }
        }
        if (next < states.size()) {
            int rest = next;
            // By a timer: a command that posts its successor would have the loop run dozens of slices before it reads
            // again.
            loop.after(1, () -> slice(states, rest, judge));
        }
    }

    private void judge(Registration claim, Judge judge) {
        Lease lease = claim.lease();
        if (lease == null) {
            return;
        }
        long heardMs = lease.lastBeatMs();
        long silenceMs = loop.nowMs() - Math.max(heardMs, heardSinceMs);
        Fate fate = judge.judge(claim, claim.state().settings().healthChecked(), silenceMs);
        if (fate == Fate.KEEP && claim.isHeld()) {
            claim.state().silence(claim, false);
        }
        if (fate == Fate.KEEP || (fate == Fate.MARK_UNHEALTHY && claim.isSilent())) {
            return;
        }
        lease.lapse();
        if (lease.lastBeatMs() != heardMs || guard.holds(claim, fate)) {
            return;
        }
        String verdict = fate == Fate.REMOVE ? "removed" : "unhealthy";
        log.info(
                "instance {} of {} is {}: silent for {} ms",
                claim.instance().key(),
                claim.service(),
                verdict,
                silenceMs);
        if (fate == Fate.REMOVE) {
            claims.lose(claim);
        } else {
            claim.state().silence(claim, true);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import io.roster.server.client.Publication;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the claims of one shard come, are heard of, and go: always in the service's state, in its publisher's list and in the
 * totals alike. Confined to the shard's loop.
 */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    private final EventLoop loop;
    private final Limits limits;
    private final Totals totals;

    Claims(EventLoop loop, Limits limits, Totals totals) {
        this.loop = loop;
        this.limits = limits;
        this.totals = totals;
    }

    /** Refuses offers that cannot all be taken, before one of them is. */
    void check(@Nullable ServiceState state, List<Offer> offers) {
        boolean near = totals.claims() + offers.size() > limits.instances();
        for (Offer offer : offers) {
            if (offer.lease() != null) {
                limits.beatsOf(offer.instance());
            }
            near |= offer.publisher().publishedCount() + offers.size() > limits.instancesPerClient();
        }
        if (near) {
            checkEach(state, offers);
        }
    }

    private void checkEach(@Nullable ServiceState state, List<Offer> offers) {
        Map<Client, Integer> more = new HashMap<>();
        int moreInAll = 0;
        for (Offer offer : offers) {
            Client client = offer.publisher();
            int isNew =
                    state == null || state.find(client.id(), offer.instance().key()) == null ? 1 : 0;
            moreInAll += isNew;
            if (totals.claims() + moreInAll > limits.instances()) {
                throw RegistryException.exhausted("max-instances", limits.instances(), "raise the limit");
            }
            int added = more.merge(client, isNew, Integer::sum);
            if (client.publishedCount() + added > limits.instancesPerClient()) {
                throw RegistryException.exhausted(
                        "instances-per-client", limits.instancesPerClient(), "deregister some, or raise the limit");
            }
        }
    }

    /**
     * Takes an offer; one that says nothing new is only heard.
     *
     * @return false if its publisher has ended; nothing was taken
     */
    boolean claim(ServiceState state, Offer offer) {
        Client client = offer.publisher();
        Instance instance = offer.instance();
        Lease lease = offer.lease();
        Registration former = state.find(client.id(), instance.key());
        if (former != null && former.lease() == lease && former.instance().equals(instance) && state.isNewest(former)) {
            hear(former);
            return true;
        }
        BeatLimits beats = lease == null ? limits.beats() : limits.beatsOf(instance);
        Registration claim = new Registration(state, client, instance, lease, beats);
        if (!client.add(claim)) {
            return false;
        }
        if (former != null) {
            remove(former);
        }
        state.add(claim);
        totals.claims(1);
        if (claim.older != null && claim.older.isHeld()) {
            // Somebody serves the address again: what was held for it is not needed any more.
            lose(claim.older);
        }
        return true;
    }

    /** Its publisher says that it is still there. */
    void hear(Registration claim) {
        Lease lease = claim.lease();
        if (lease == null) {
            return;
        }
        long nowMs = loop.nowMs();
        lease.stamp(nowMs);
        claim.publisher().touch(nowMs);
        if (claim.isHeld()) {
            claim.state().silence(claim, false);
        } else if (claim.isSilent()) {
            claim.state().silence(claim, false);
            log.info("instance {} of {} is heard again", claim.instance().key(), claim.service());
        }
    }

    /** Takes a claim back because somebody wants it so: it is not expected any more. One that is gone is ignored. */
    void drop(Registration claim) {
        Losses losses = claim.state().losses();
        int shown = losses == null ? 0 : losses.shown();
        lose(claim);
        if (losses != null) {
            losses.expectFewer(shown - losses.shown());
        }
    }

    /** Takes out a claim that is lost; its keeper finds out with the next beat. One that is gone is ignored. */
    void lose(Registration claim) {
        Lease lease = claim.lease();
        if (remove(claim) && lease != null) {
            lease.lapse();
        }
    }

    private boolean remove(Registration claim) {
        boolean wasHeld = claim.state().remove(claim);
        if (wasHeld) {
            claim.publisher().remove(claim);
            totals.claims(-1);
        }
        return wasHeld;
    }

    /**
     * The claim of this key.
     *
     * @throws RegistryException NOT_FOUND if there is none
     */
    static Registration find(@Nullable ServiceState state, ServiceName name, ClaimKey key) {
        Registration claim = state == null ? null : state.find(key.publisherId(), key.key());
        if (claim == null) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND,
                    key.key() + " of " + name + " by client " + key.publisherId() + ": not registered, register again");
        }
        return claim;
    }

    /** What a client claims of a service. */
    static List<Registration> of(Client client, ServiceState state) {
        List<Registration> claims = new ArrayList<>();
        for (Publication publication : client.published(state)) {
            if (publication instanceof Registration claim) {
                claims.add(claim);
            }
        }
        return claims;
    }
}

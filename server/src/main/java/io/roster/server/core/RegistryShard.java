// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import io.roster.server.client.Publication;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some of the services and the loop that owns them. Commands apply at once to what the loop owns; at the end of the batch,
 * which is when the loop has done what had arrived, each touched service publishes one list, then the acknowledgements go
 * out, then the subscribers hear.
 *
 * <p>Thread: the loop, but for {@link #published}, {@link #names} and the counts, which any thread may read.
 */
public final class RegistryShard {

    private static final Logger log = LoggerFactory.getLogger(RegistryShard.class);

    /** Claims judged in one go; between two goes the loop does what has arrived. About a tenth of a millisecond. */
    private static final int SWEEP_SLICE = 2_000;

    /** How long after its last listener left a service still logs its changes, for that listener's return. */
    private static final long LOG_AFTER_LISTENER_MS = 60_000;

    private final EventLoop loop;
    private final Limits limits;
    private final Totals totals;
    private final long epoch;
    private final ConcurrentMap<ServiceName, ServiceState> services = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<ServiceName> names = new ConcurrentSkipListSet<>();
    private final Set<ServiceState> leased = new HashSet<>();
    private List<ServiceState> dirty = new ArrayList<>();
    private List<Runnable> acks = new ArrayList<>();
    private boolean batchOpen;
    private int overrides;

    /** No service made from now on starts below this: one that was dropped and comes back never repeats a revision. */
    private long revisionFloor;

    /** Silence before this moment may be the server's own and counts for nothing. */
    private long heardSinceMs;

    RegistryShard(EventLoop loop, Limits limits, Totals totals, long epoch) {
        this.loop = loop;
        this.limits = limits;
        this.totals = totals;
        this.epoch = epoch;
        this.heardSinceMs = loop.nowMs();
    }

    public EventLoop loop() {
        return loop;
    }

    /** The list that readers are given, or null if the service is not held. Any thread. */
    @Nullable
    ServiceSnapshot published(ServiceName name) {
        ServiceState state = services.get(name);
        return state == null ? null : state.published();
    }

    /** The services that somebody publishes or has configured, sorted. Any thread. */
    ConcurrentSkipListSet<ServiceName> names() {
        return names;
    }

    /** See {@link Registry#register}. */
    void register(ServiceName name, List<Offer> offers, Ack ack) {
        assert loop.inLoop();
        register(name, offers, ack, state -> {});
    }

    private void register(ServiceName name, List<Offer> offers, Ack ack, Consumer<ServiceState> afterwards) {
        RegistryException refusal = refusal(name, offers);
        ServiceState state = refusal == null ? held(name) : null;
        if (refusal != null || state == null) {
            refuse(ack, refusal == null ? tooManyServices() : refusal);
            return;
        }
        for (Offer offer : offers) {
            if (!claim(state, offer)) {
                dropIfUnused(state);
                String ended = "client " + offer.publisher().id() + " has just ended; try again";
                refuse(ack, RegistryException.of(RegistryException.Code.UNAVAILABLE, ended));
                return;
            }
        }
        afterwards.accept(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#replace}. */
    void replace(Client client, ServiceName name, List<Instance> instances, Ack ack) {
        assert loop.inLoop();
        Set<InstanceKey> kept = new HashSet<>();
        instances.forEach(instance -> kept.add(instance.key()));
        register(
                name,
                instances.stream().map(each -> new Offer(client, each, null)).toList(),
                ack,
                state -> {
                    for (Registration former : claimsOf(client, state)) {
                        if (!kept.contains(former.instance().key())) {
                            drop(former);
                        }
                    }
                });
    }

    /** Why offers cannot be taken, or null. */
    private @Nullable RegistryException refusal(ServiceName name, List<Offer> offers) {
        if (totals.claims() + offers.size() > limits.instances()) {
            return RegistryException.exhausted("max-instances", limits.instances(), "raise the limit");
        }
        Map<Client, Integer> more = new HashMap<>(2);
        ServiceState state = services.get(name);
        for (Offer offer : offers) {
            if (offer.lease() != null) {
                limits.beatsOf(offer.instance());
            }
            Client client = offer.publisher();
            boolean isNew =
                    state == null || state.find(client.id(), offer.instance().key()) == null;
            if (client.publishedCount() + more.merge(client, isNew ? 1 : 0, Integer::sum)
                    > limits.instancesPerClient()) {
                return RegistryException.exhausted(
                        "instances-per-client", limits.instancesPerClient(), "deregister some, or raise the limit");
            }
        }
        return null;
    }

    private boolean claim(ServiceState state, Offer offer) {
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
            drop(former);
        }
        state.add(claim);
        totals.claims(1);
        if (lease != null) {
            leased.add(state);
        }
        list(state);
        return true;
    }

    /** See {@link Registry#deregister}. */
    void deregister(ServiceName name, List<ClaimKey> claims, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        List<Registration> gone = new ArrayList<>(claims.size());
        for (ClaimKey key : claims) {
            Registration claim = state == null ? null : state.find(key.publisherId(), key.key());
            if (claim == null) {
                refuse(ack, notRegistered(name, key));
                return;
            }
            gone.add(claim);
        }
        takeBack(state, gone, ack);
    }

    /** See {@link Registry#deregisterAll}. */
    void deregisterAll(Client client, ServiceName name, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        List<Registration> gone = state == null ? List.of() : claimsOf(client, state);
        if (gone.isEmpty()) {
            refuse(
                    ack,
                    RegistryException.of(
                            RegistryException.Code.NOT_FOUND,
                            "client " + client.id() + " publishes nothing in " + name));
            return;
        }
        takeBack(state, gone, ack);
    }

    private void takeBack(@Nullable ServiceState state, List<Registration> gone, Ack ack) {
        gone.forEach(this::drop);
        if (state == null) {
            ack.done(0, null);
        } else {
            acknowledge(state, ack);
        }
    }

    /** See {@link Registry#beat}. */
    void beat(ServiceName name, ClaimKey key, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        Registration claim = state == null ? null : state.find(key.publisherId(), key.key());
        if (state == null || claim == null) {
            refuse(ack, notRegistered(name, key));
            return;
        }
        hear(claim);
        acknowledge(state, ack);
    }

    private static RegistryException notRegistered(ServiceName name, ClaimKey key) {
        return RegistryException.of(
                RegistryException.Code.NOT_FOUND,
                key.key() + " of " + name + " by client " + key.publisherId() + ": not registered, register again");
    }

    private RegistryException tooManyServices() {
        return RegistryException.exhausted("max-services", limits.services(), "raise the limit");
    }

    private void hear(Registration claim) {
        Lease lease = claim.lease();
        if (lease == null) {
            return;
        }
        lease.beat(loop.nowMs());
        if (claim.isSilent()) {
            claim.silent(false);
            claim.state().touch(claim.instance().key());
            log.info("instance {} of {} is heard again", claim.instance().key(), claim.service());
        }
    }

    /** Takes back what a client publishes here. */
    void release(Client client) {
        assert loop.inLoop();
        for (Publication publication : client.published()) {
            if (publication instanceof Registration claim && claim.state().shard() == this) {
                drop(claim);
            }
        }
    }

    private void drop(Registration claim) {
        claim.state().remove(claim);
        claim.publisher().remove(claim);
        totals.claims(-1);
    }

    private static List<Registration> claimsOf(Client client, ServiceState state) {
        List<Registration> claims = new ArrayList<>();
        for (Publication publication : client.published()) {
            if (publication instanceof Registration claim && claim.state() == state) {
                claims.add(claim);
            }
        }
        return claims;
    }

    /** Tells a subscriber the list now and every one that follows. */
    void listen(ServiceName name, Subscriber subscriber) {
        assert loop.inLoop();
        ServiceState state = held(name);
        if (state == null) {
            log.warn("service {} cannot be listened to: max-services {} reached", name, limits.services());
            return;
        }
        state.listeners().add(subscriber);
        subscriber.onSnapshot(state.published());
    }

    void unlisten(ServiceName name, Subscriber subscriber) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        if (state != null && state.listeners().remove(subscriber)) {
            state.listenedUntil(loop.nowMs());
            dropIfUnused(state);
        }
    }

    /** See {@link Registry#override}. */
    void override(ServiceName name, InstanceKey key, InstanceOverride amendment, Ack ack) {
        assert loop.inLoop();
        ServiceState state = overrides >= limits.overrides() ? null : held(name);
        if (state == null) {
            refuse(ack, RegistryException.exhausted("max-overrides", limits.overrides(), "remove some"));
            return;
        }
        InstanceOverride former = state.override(key);
        overrides += former == null ? 1 : 0;
        state.override(key, former == null ? amendment : former.amendedBy(amendment));
        list(state);
        log.info("operator overrides {} of {}: {}", key, name, state.override(key));
        acknowledge(state, ack);
    }

    /** See {@link Registry#removeOverride}. */
    void removeOverride(ServiceName name, InstanceKey key, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        if (state == null || state.override(key) == null) {
            refuse(
                    ack,
                    RegistryException.of(RegistryException.Code.NOT_FOUND, "no override of " + key + " in " + name));
            return;
        }
        overrides--;
        state.override(key, null);
        log.info("operator removes the override of {} in {}", key, name);
        acknowledge(state, ack);
    }

    /** See {@link Registry#configure}. */
    void configure(ServiceName name, @Nullable Double threshold, @Nullable Boolean healthChecked, Ack ack) {
        assert loop.inLoop();
        ServiceState state = held(name);
        if (state == null) {
            refuse(ack, tooManyServices());
            return;
        }
        state.configure(
                threshold == null ? state.protectionThreshold() : threshold,
                healthChecked == null ? state.isHealthChecked() : healthChecked);
        list(state);
        log.info(
                "operator configures {}: protection threshold {}, health check {}",
                name,
                state.protectionThreshold(),
                state.isHealthChecked() ? "on" : "off");
        acknowledge(state, ack);
    }

    /** Every claim of a service as an operator sees it. */
    List<ClaimView> claims(ServiceName name) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        List<ClaimView> views = new ArrayList<>();
        if (state != null) {
            for (Registration claim : state.claims()) {
                Lease lease = claim.lease();
                views.add(new ClaimView(
                        claim,
                        state.isNewest(claim),
                        claim.isSilent(),
                        lease == null ? null : loop.nowMs() - lease.lastBeatMs(),
                        state.override(claim.instance().key())));
            }
        }
        return views;
    }

    /** The overrides of all services here. */
    List<OverrideView> overrides() {
        assert loop.inLoop();
        List<OverrideView> views = new ArrayList<>();
        for (ServiceState state : services.values()) {
            state.overrides().forEach((key, override) -> views.add(new OverrideView(state.name(), key, override)));
        }
        return views;
    }

    /** Says that nobody could be heard until now: all silence starts anew. */
    public void forgiveSilence() {
        assert loop.inLoop();
        heardSinceMs = loop.nowMs();
    }

    /** Has every claim that lives by heartbeats judged, a slice at a time. */
    public void sweep(Judge judge) {
        assert loop.inLoop();
        sweepSlice(new ArrayList<>(leased), 0, judge);
    }

    private void sweepSlice(List<ServiceState> states, int from, Judge judge) {
        int judged = 0;
        int next = from;
        while (next < states.size() && judged < SWEEP_SLICE) {
            ServiceState state = states.get(next++);
            if (!state.hasLeases()) {
                leased.remove(state);
                continue;
            }
            for (Registration claim : state.claims()) {
                judge(claim, judge);
                judged++;
            }
        }
        if (next < states.size()) {
            int rest = next;
            loop.execute(() -> sweepSlice(states, rest, judge));
        }
    }

    private void judge(Registration claim, Judge judge) {
        Lease lease = claim.lease();
        if (lease == null) {
            return;
        }
        long heard = lease.lastBeatMs();
        long silenceMs = loop.nowMs() - Math.max(heard, heardSinceMs);
        Fate fate = judge.judge(claim, claim.state().isHealthChecked(), silenceMs);
        if (fate == Fate.KEEP || (fate == Fate.MARK_UNHEALTHY && claim.isSilent())) {
            return;
        }
        lease.lapse();
        if (lease.lastBeatMs() != heard) {
            return;
        }
        if (fate == Fate.REMOVE) {
            log.info(
                    "instance {} of {} is removed: silent for {} ms",
                    claim.instance().key(),
                    claim.service(),
                    silenceMs);
            drop(claim);
        } else {
            log.info(
                    "instance {} of {} is unhealthy: silent for {} ms",
                    claim.instance().key(),
                    claim.service(),
                    silenceMs);
            claim.silent(true);
            claim.state().touch(claim.instance().key());
        }
    }

    private @Nullable ServiceState held(ServiceName name) {
        ServiceState state = services.get(name);
        if (state == null && totals.services() < limits.services()) {
            state = new ServiceState(name, this, ServiceSnapshot.empty(name, epoch, revisionFloor));
            services.put(name, state);
            totals.services(1);
        }
        return state;
    }

    private void list(ServiceState state) {
        if (!state.listed) {
            state.listed = true;
            names.add(state.name());
        }
    }

    private void dropIfUnused(ServiceState state) {
        if (!state.exists()) {
            state.listed = false;
            names.remove(state.name());
            if (state.listeners().isEmpty() && !state.isDirty()) {
                if (services.remove(state.name(), state)) {
                    totals.services(-1);
                }
                leased.remove(state);
                revisionFloor = Math.max(revisionFloor, state.published().revision());
            }
        }
    }

    /** Called by a service at the first touch of a batch. */
    void dirty(ServiceState state) {
        dirty.add(state);
        openBatch();
    }

    private void openBatch() {
        if (!batchOpen) {
            batchOpen = true;
            loop.execute(this::endBatch);
        }
    }

    /** An acknowledgement waits until every reader can see what it acknowledges. */
    private void acknowledge(ServiceState state, Ack ack) {
        if (state.isDirty()) {
            acks.add(() -> ack.done(state.published().revision(), null));
        } else {
            dropIfUnused(state);
            ack.done(state.published().revision(), null);
        }
    }

    private static void refuse(Ack ack, RegistryException refusal) {
        ack.done(0, refusal);
    }

    private void endBatch() {
        batchOpen = false;
        List<ServiceState> settling = dirty;
        List<Runnable> waiting = acks;
        dirty = new ArrayList<>();
        acks = new ArrayList<>();
        List<ServiceState> changed = new ArrayList<>(settling.size());
        for (ServiceState state : settling) {
            if (state.settle(state.isListenedTo(loop.nowMs() - LOG_AFTER_LISTENER_MS)) != null) {
                changed.add(state);
            }
        }
        waiting.forEach(this::runSafely);
        for (ServiceState state : changed) {
            ServiceSnapshot snapshot = state.published();
            for (Subscriber subscriber : state.listeners()) {
                runSafely(() -> subscriber.onSnapshot(snapshot));
            }
        }
        settling.forEach(this::dropIfUnused);
    }

    /** One caller's failure is not the others'. */
    private void runSafely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            log.error("a caller of the registry failed to hear its answer", failure);
        }
    }
}

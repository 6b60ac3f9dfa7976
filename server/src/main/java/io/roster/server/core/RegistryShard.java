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
 * Some of the services and the loop that owns them. Commands apply at once to what the loop owns; the {@link Batch} they
 * fall into publishes what they did. A command that is refused throws and has changed nothing.
 *
 * <p>Thread: the loop, but for {@link #published}, {@link #declared} and {@link #names}, which any thread may read.
 */
public final class RegistryShard {

    private static final Logger log = LoggerFactory.getLogger(RegistryShard.class);

    private final EventLoop loop;
    private final Limits limits;
    private final Totals totals;
    private final long epoch;
    private final ConcurrentMap<ServiceName, ServiceState> services = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<ServiceName> names = new ConcurrentSkipListSet<>();
    private final Batch batch;
    private final Sweep sweep;
    private final OperatorDesk desk;

    /** No service made from now on starts below this: one that was dropped and comes back never repeats a revision. */
    private long revisionFloor;

    RegistryShard(EventLoop loop, Limits limits, Totals totals, long epoch) {
        this.loop = loop;
        this.limits = limits;
        this.totals = totals;
        this.epoch = epoch;
        this.batch = new Batch(loop, this::dropIfUnused);
        this.sweep = new Sweep(loop, this::drop);
        this.desk = new OperatorDesk(limits.overrides());
    }

    public EventLoop loop() {
        return loop;
    }

    Batch batch() {
        return batch;
    }

    /** The list that readers are given, or null if the service is not held. Any thread. */
    @Nullable
    ServiceSnapshot published(ServiceName name) {
        ServiceState state = services.get(name);
        return state == null ? null : state.published();
    }

    /** The metadata that a service was declared with, or null. Any thread. */
    @Nullable
    Map<String, String> declared(ServiceName name) {
        ServiceState state = services.get(name);
        return state == null ? null : state.declared();
    }

    /** The services that somebody publishes, declared or configured, sorted. Any thread. */
    ConcurrentSkipListSet<ServiceName> names() {
        return names;
    }

    /** See {@link Registry#register}. */
    void register(ServiceName name, List<Offer> offers, Ack ack) {
        assert loop.inLoop();
        register(name, offers, ack, state -> {});
    }

    /** See {@link Registry#replace}. */
    void replace(Client client, ServiceName name, List<Instance> instances, Ack ack) {
        assert loop.inLoop();
        Set<InstanceKey> kept = new HashSet<>();
        instances.forEach(instance -> kept.add(instance.key()));
        List<Offer> offers =
                instances.stream().map(each -> new Offer(client, each, null)).toList();
        register(
                name,
                offers,
                ack,
                state -> claimsOf(client, state).stream()
                        .filter(former -> !kept.contains(former.instance().key()))
                        .forEach(this::drop));
    }

    private void register(ServiceName name, List<Offer> offers, Ack ack, Consumer<ServiceState> afterwards) {
        check(name, offers);
        ServiceState state = held(name);
        for (Offer offer : offers) {
            if (!claim(state, offer)) {
                dropIfUnused(state);
                throw RegistryException.of(
                        RegistryException.Code.UNAVAILABLE,
                        "client " + offer.publisher().id() + " has just ended; try again");
            }
        }
        afterwards.accept(state);
        acknowledge(state, ack);
    }

    /** Refuses offers that cannot all be taken, before one of them is. */
    private void check(ServiceName name, List<Offer> offers) {
        if (totals.claims() + offers.size() > limits.instances()) {
            throw RegistryException.exhausted("max-instances", limits.instances(), "raise the limit");
        }
        boolean near = false;
        for (Offer offer : offers) {
            if (offer.lease() != null) {
                limits.beatsOf(offer.instance());
            }
            near |= offer.publisher().publishedCount() + offers.size() > limits.instancesPerClient();
        }
        if (near) {
            checkEachPublisher(services.get(name), offers);
        }
    }

    private void checkEachPublisher(@Nullable ServiceState state, List<Offer> offers) {
        Map<Client, Integer> more = new HashMap<>();
        for (Offer offer : offers) {
            Client client = offer.publisher();
            boolean isNew =
                    state == null || state.find(client.id(), offer.instance().key()) == null;
            int added = more.merge(client, isNew ? 1 : 0, Integer::sum);
            if (client.publishedCount() + added > limits.instancesPerClient()) {
                throw RegistryException.exhausted(
                        "instances-per-client", limits.instancesPerClient(), "deregister some, or raise the limit");
            }
        }
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
            sweep.add(state);
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
            gone.add(claimed(state, name, key));
        }
        takeBack(state, gone, ack);
    }

    /** See {@link Registry#deregisterAll}. */
    void deregisterAll(Client client, ServiceName name, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        List<Registration> gone = state == null ? List.of() : claimsOf(client, state);
        if (gone.isEmpty()) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND, "client " + client.id() + " publishes nothing in " + name);
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
        Registration claim = claimed(services.get(name), name, key);
        hear(claim);
        acknowledge(claim.state(), ack);
    }

    private static Registration claimed(@Nullable ServiceState state, ServiceName name, ClaimKey key) {
        Registration claim = state == null ? null : state.find(key.publisherId(), key.key());
        if (claim == null) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND,
                    key.key() + " of " + name + " by client " + key.publisherId() + ": not registered, register again");
        }
        return claim;
    }

    private void hear(Registration claim) {
        Lease lease = claim.lease();
        if (lease == null) {
            return;
        }
        long nowMs = loop.nowMs();
        lease.beat(nowMs);
        claim.publisher().touch(nowMs);
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
        ServiceState state = hold(name);
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
        ServiceState state = held(name);
        try {
            desk.override(state, key, amendment);
        } finally {
            dropIfUnused(state);
        }
        list(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#removeOverride}. */
    void removeOverride(ServiceName name, InstanceKey key, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        desk.removeOverride(state, name, key);
        takeBack(state, List.of(), ack);
    }

    /** See {@link Registry#configure}. */
    void configure(ServiceName name, @Nullable Double threshold, @Nullable Boolean healthChecked, Ack ack) {
        assert loop.inLoop();
        ServiceState state = held(name);
        desk.configure(state, threshold, healthChecked);
        list(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#declare}. */
    void declare(ServiceName name, Map<String, String> metadata, Ack ack) {
        assert loop.inLoop();
        ServiceState state = held(name);
        OperatorDesk.declare(state, metadata);
        list(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#dismiss}. */
    void dismiss(ServiceName name, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        desk.dismiss(state, name);
        takeBack(state, List.of(), ack);
    }

    /** Every claim of a service as an operator sees it. */
    List<ClaimView> claims(ServiceName name) {
        assert loop.inLoop();
        ServiceState state = services.get(name);
        return state == null ? List.of() : OperatorDesk.claims(state, loop.nowMs());
    }

    /** The overrides of all services here. */
    List<OverrideView> overrides() {
        assert loop.inLoop();
        return OperatorDesk.overrides(services.values());
    }

    /** Says that nobody could be heard until now: all silence starts anew. */
    public void forgiveSilence() {
        assert loop.inLoop();
        sweep.forgive();
    }

    /** Has every claim that lives by heartbeats judged, a slice at a time. */
    public void sweep(Judge judge) {
        assert loop.inLoop();
        sweep.run(judge);
    }

    /** The service, taken in if there is room. */
    private ServiceState held(ServiceName name) {
        checkRoom(name);
        return hold(name);
    }

    /**
     * Checks that a service is held or that there is room for one more. Any thread; the room may be gone a moment later.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if there is none
     */
    void checkRoom(ServiceName name) {
        if (totals.services() >= limits.services() && !services.containsKey(name)) {
            throw RegistryException.exhausted("max-services", limits.services(), "raise the limit");
        }
    }

    private ServiceState hold(ServiceName name) {
        ServiceState state = services.get(name);
        if (state == null) {
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
        if (state.exists() || state.isTouched()) {
            return;
        }
        if (state.listed) {
            state.listed = false;
            names.remove(state.name());
        }
        if (state.listeners().isEmpty() && services.remove(state.name(), state)) {
            totals.services(-1);
            sweep.remove(state);
            revisionFloor = Math.max(revisionFloor, state.published().revision());
        }
    }

    private void acknowledge(ServiceState state, Ack ack) {
        batch.acknowledge(state, ack);
        dropIfUnused(state);
    }
}

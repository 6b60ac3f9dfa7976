// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import io.roster.server.client.Departure;
import io.roster.server.client.Publication;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Some of the services and the loop that owns them. Commands apply at once to what the loop owns; the {@link Batch} they
 * fall into publishes what they did. A command that is refused throws and has changed nothing.
 *
 * <p>Thread: the loop, but for {@link #find} and {@link #names}, which any thread may read.
 */
public final class RegistryShard {

    /** Claims copied in one go; between two goes the loop does what has arrived. A service is copied in one. */
    private static final int COPY_SLICE = 5_000;

    private final EventLoop loop;
    private final ServiceDirectory services;
    private final Claims claims;
    private final Batch batch;
    private final LossGuard guard;
    private final Sweep sweep;
    private final OperatorDesk desk;

    RegistryShard(EventLoop loop, Limits limits, Totals totals, List<NamesListener> namesListeners, long epoch) {
        this.loop = loop;
        this.services = new ServiceDirectory(this, limits, totals, namesListeners, epoch);
        this.claims = new Claims(loop, limits, totals);
        this.batch = new Batch(loop, this::dropIfUnused);
        this.guard = new LossGuard(loop, limits.losses(), totals, claims::lose);
        this.sweep = new Sweep(loop, claims, guard);
        this.desk = new OperatorDesk(limits.overrides());
    }

    public EventLoop loop() {
        return loop;
    }

    Batch batch() {
        return batch;
    }

    /** A service for what any thread may read of it, or null if it is not held. Any thread. */
    @Nullable
    ServiceState find(ServiceName name) {
        return services.find(name);
    }

    /** The list that readers are given. Any thread. */
    ServiceSnapshot snapshot(ServiceName name) {
        return services.snapshot(name);
    }

    /** The services that somebody publishes, declared or configured, sorted. Any thread. */
    ConcurrentSkipListSet<ServiceName> names() {
        return services.names();
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
                state -> Claims.of(client, state).stream()
                        .filter(former -> !kept.contains(former.instance().key()))
                        .forEach(claims::drop));
    }

    private void register(ServiceName name, List<Offer> offers, Ack ack, Consumer<ServiceState> afterwards) {
        claims.check(services.find(name), offers);
        ServiceState state = held(name);
        for (Offer offer : offers) {
            if (!claims.claim(state, offer)) {
                dropIfUnused(state);
                throw RegistryException.of(
                        RegistryException.Code.UNAVAILABLE,
                        "client " + offer.publisher().id() + " has just ended; try again");
            }
        }
        if (state.hasLeases()) {
            sweep.add(state);
        }
        services.list(state);
        afterwards.accept(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#deregister}. */
    void deregister(ServiceName name, List<ClaimKey> keys, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        List<Registration> gone = new ArrayList<>(keys.size());
        for (ClaimKey key : keys) {
            gone.add(Claims.find(state, name, key));
        }
        takeBack(state, gone, ack);
    }

    /** See {@link Registry#deregisterAll}. */
    void deregisterAll(Client client, ServiceName name, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        List<Registration> gone = state == null ? List.of() : Claims.of(client, state);
        if (gone.isEmpty()) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND, "client " + client.id() + " publishes nothing in " + name);
        }
        takeBack(state, gone, ack);
    }

    private void takeBack(@Nullable ServiceState state, List<Registration> gone, Ack ack) {
        gone.forEach(claims::drop);
        if (state == null) {
            ack.done(0, null);
        } else {
            acknowledge(state, ack);
        }
    }

    /** See {@link Registry#beat}. */
    void beat(ServiceName name, ClaimKey key, Ack ack) {
        assert loop.inLoop();
        Registration claim = Claims.find(services.find(name), name, key);
        claims.hear(claim);
        acknowledge(claim.state(), ack);
    }

    /** Takes back what a client publishes here; what went without a goodbye may be held for a while. */
    void release(Client client, Departure departure) {
        assert loop.inLoop();
        for (Publication publication : client.published()) {
            if (publication instanceof Registration claim && claim.state().shard() == this) {
                if (departure == Departure.GOODBYE) {
                    claims.drop(claim);
                } else if (!guard.holds(claim, Fate.REMOVE)) {
                    claims.lose(claim);
                }
            }
        }
    }

    /** Tells a subscriber the list now and every one that follows. */
    void listen(ServiceName name, Subscriber subscriber) {
        assert loop.inLoop();
        ServiceState state = services.hold(name);
        state.listeners().add(subscriber);
        subscriber.onSnapshot(state.published());
    }

    void unlisten(ServiceName name, Subscriber subscriber) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
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
        services.list(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#removeOverride}. */
    void removeOverride(ServiceName name, InstanceKey key, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        desk.removeOverride(state, name, key);
        takeBack(state, List.of(), ack);
    }

    /** See {@link Registry#configure}. */
    void configure(ServiceName name, UnaryOperator<ServiceSettings> change, Ack ack) {
        assert loop.inLoop();
        ServiceState state = held(name);
        OperatorDesk.configure(state, change.apply(state.settings()));
        services.list(state);
        acknowledge(state, ack);
    }

    /** See {@link Registry#dismiss}. */
    void dismiss(ServiceName name, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        desk.dismiss(state, name);
        takeBack(state, List.of(), ack);
    }

    /** Every claim of a service as an operator sees it. */
    List<ClaimView> claims(ServiceName name) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        return state == null ? List.of() : OperatorDesk.claims(state, loop.nowMs());
    }

    /** The overrides of all services here. */
    List<OverrideView> overrides() {
        assert loop.inLoop();
        return OperatorDesk.overrides(services.all());
    }

    /** See {@link Registry#resolve}. */
    void resolve(ServiceName name, LossDecision decision, Ack ack) {
        assert loop.inLoop();
        ServiceState state = services.find(name);
        guard.resolve(state, name, decision);
        takeBack(state, List.of(), ack);
    }

    /** The services of which losses are held. */
    List<HeldLosses> heldLosses() {
        assert loop.inLoop();
        return guard.views();
    }

    /** Says that time has passed since losses were last looked at; a time that the server stood still does not count. */
    public void passLosses(long elapsedMs) {
        assert loop.inLoop();
        guard.pass(elapsedMs);
    }

    /** How often anything was changed here. Any thread. */
    long changes() {
        return batch.touches();
    }

    /** Copies all services that exist, a slice at a time; those that change meanwhile are copied before or after that. */
    void copy(Consumer<List<ServiceRecord>> done) {
        assert loop.inLoop();
        copy(services.all().iterator(), new ArrayList<>(), done);
    }

    private void copy(Iterator<ServiceState> rest, List<ServiceRecord> copied, Consumer<List<ServiceRecord>> done) {
        int size = 0;
        while (rest.hasNext() && size < COPY_SLICE) {
            ServiceState state = rest.next();
            size++;
            if (state.exists()) {
                ServiceRecord copy = state.copy();
                copied.add(copy);
                size += copy.claims().size();
            }
        }
        if (rest.hasNext()) {
            // By a timer, as a sweep goes on: so the loop reads in between.
            loop.after(1, () -> copy(rest, copied, done));
        } else {
            done.accept(copied);
        }
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

    /**
     * Checks that a service is held or that there is room for one more. Any thread; the room may be gone a moment later.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if there is none
     */
    void checkRoom(ServiceName name) {
        services.checkRoom(name);
    }

    /** The service, taken in if there is room. */
    private ServiceState held(ServiceName name) {
        services.checkRoom(name);
        return services.hold(name);
    }

    private void dropIfUnused(ServiceState state) {
        if (state.exists() || state.isTouched()) {
            return;
        }
        services.unlist(state);
        if (state.listeners().isEmpty() && services.drop(state)) {
            sweep.remove(state);
            guard.forget(state);
        }
    }

    private void acknowledge(ServiceState state, Ack ack) {
        batch.acknowledge(state, ack);
        dropIfUnused(state);
    }
}

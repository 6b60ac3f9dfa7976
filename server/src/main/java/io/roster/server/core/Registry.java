// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import io.roster.server.client.Departure;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only door to what is registered: every wire, every checker and every operator comes through here. It picks the shard
 * that owns the service; a caller already on that shard's loop is served at once, others through its mailbox.
 *
 * <p>Thread: any; never blocks. Refusals come through the {@link Ack}, on the shard's loop, or, when a mailbox is full, on
 * the caller's thread before the call returns.
 */
public final class Registry {

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    /** About as long as a full mailbox takes to be worked off. */
    private static final long OVERLOADED_MS = 500;

    private final List<RegistryShard> shards;
    private final List<NamesListener> namesListeners = new CopyOnWriteArrayList<>();
    private final Limits limits;
    private final Totals totals = new Totals();
    private final AtomicLong refused = new AtomicLong();
    private final long epoch;

    /**
     * @param loops one shard is made for each
     * @param epoch this server's life
     */
    public Registry(List<? extends EventLoop> loops, Limits limits, long epoch) {
        this.limits = limits;
        this.epoch = epoch;
        this.shards = loops.stream()
                .map(loop -> new RegistryShard(loop, limits, totals, namesListeners, epoch))
                .toList();
    }

    public List<RegistryShard> shards() {
        return shards;
    }

    public Limits limits() {
        return limits;
    }

    public long epoch() {
        return epoch;
    }

    /** Publishes instances of a service: all, or none if one is refused. No publisher may offer a key twice. */
    public void register(ServiceName service, List<Offer> offers, Ack ack) {
        run(service, ack, shard -> shard.register(service, offers, ack));
    }

    /** Makes this all that a client publishes in a service, in one step; an empty list leaves it nothing. */
    public void replace(Client client, ServiceName service, List<Instance> instances, Ack ack) {
        run(service, ack, shard -> shard.replace(client, service, instances, ack));
    }

    /** Takes claims back: all, or none if one is not registered (NOT_FOUND). */
    public void deregister(ServiceName service, List<ClaimKey> claims, Ack ack) {
        run(service, ack, shard -> shard.deregister(service, claims, ack));
    }

    /** Takes back all that a client publishes in a service; NOT_FOUND if that is nothing. */
    public void deregisterAll(Client client, ServiceName service, Ack ack) {
        run(service, ack, shard -> shard.deregisterAll(client, service, ack));
    }

    /** Keeps one claim that lives by heartbeats alive; NOT_FOUND if it is not registered. */
    public void beat(ServiceName service, ClaimKey claim, Ack ack) {
        run(service, ack, shard -> shard.beat(service, claim, ack));
    }

    /**
     * Takes back all that a client publishes; never refused. The client must have ended. If it went without a goodbye and
     * too many others with it, what it published stays for a while, see {@link LossLimits}.
     */
    public void release(Client client, Departure departure) {
        shards.forEach(shard -> runAlways(shard, () -> shard.release(client, departure)));
    }

    /**
     * The list of a service as every reader sees it now. An unknown service has an empty list, no older than any that it
     * ever had and older than any that will be published.
     */
    public ServiceSnapshot snapshot(ServiceName service) {
        return shardOf(service).snapshot(service);
    }

    /** Whether somebody publishes, declared or configured the service. */
    public boolean exists(ServiceName service) {
        return shardOf(service).names().contains(service);
    }

    /**
     * Tells a subscriber the service's list now and every one that follows; the service need not exist.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if the server holds too many services
     */
    public void listen(ServiceName service, Subscriber subscriber) {
        RegistryShard shard = shardOf(service);
        shard.checkRoom(service);
        runAlways(shard, () -> shard.listen(service, subscriber));
    }

    /** Ends {@link #listen}. */
    public void unlisten(ServiceName service, Subscriber subscriber) {
        RegistryShard shard = shardOf(service);
        runAlways(shard, () -> shard.unlisten(service, subscriber));
    }

    /** Has a listener told of each service that comes and goes from now on. */
    public void watchNames(NamesListener listener) {
        namesListeners.add(listener);
    }

    /** Overrides what applications say of an instance, registered or not, until it is removed. */
    public void override(ServiceName service, InstanceKey key, InstanceOverride amendment, Ack ack) {
        run(service, ack, shard -> shard.override(service, key, amendment, ack));
    }

    /** Undoes {@link #override}; refused with NOT_FOUND if there is none. */
    public void removeOverride(ServiceName service, InstanceKey key, Ack ack) {
        run(service, ack, shard -> shard.removeOverride(service, key, ack));
    }

    /** Sets what concerns a whole service; null leaves a setting as it is. */
    public void configure(
            ServiceName service, @Nullable Double protectionThreshold, @Nullable Boolean healthChecked, Ack ack) {
        run(
                service,
                ack,
                shard -> shard.configure(service, settings -> settings.with(protectionThreshold, healthChecked), ack));
    }

    /** Has a service exist, and be listed, though nobody publishes it; repeating it replaces the metadata. */
    public void declare(ServiceName service, Map<String, String> metadata, Ack ack) {
        run(service, ack, shard -> shard.configure(service, settings -> settings.declaredWith(metadata), ack));
    }

    /**
     * Takes back all that operators said of a service; NOT_FOUND if it does not exist, FAILED_PRECONDITION while somebody
     * publishes it.
     */
    public void dismiss(ServiceName service, Ack ack) {
        run(service, ack, shard -> shard.dismiss(service, ack));
    }

    /** Decides on the losses of a service that are held; NOT_FOUND if none are. */
    public void resolve(ServiceName service, LossDecision decision, Ack ack) {
        run(service, ack, shard -> shard.resolve(service, decision, ack));
    }

    /** The services of which losses are held because they are too many at once. */
    public CompletableFuture<List<HeldLosses>> heldLosses() {
        return gather(RegistryShard::heldLosses);
    }

    /** What operators say of a service as a whole. */
    public ServiceSettings settings(ServiceName service) {
        ServiceState state = shardOf(service).find(service);
        return state == null ? ServiceSettings.DEFAULT : state.settings();
    }

    /** Every claim of a service as an operator sees it. */
    public CompletableFuture<List<ClaimView>> claims(ServiceName service) {
        RegistryShard shard = shardOf(service);
        return CompletableFuture.supplyAsync(() -> shard.claims(service), shard.loop()::execute);
    }

    /** Everything that is held, as it is while this goes on: each service as it was at a moment of its own. */
    public CompletableFuture<List<ServiceRecord>> records() {
        List<CompletableFuture<List<ServiceRecord>>> parts = new ArrayList<>();
        for (RegistryShard shard : shards) {
            CompletableFuture<List<ServiceRecord>> part = new CompletableFuture<>();
            parts.add(part);
            runAlways(shard, () -> shard.copy(part::complete));
        }
        return together(parts);
    }

    /** Grows with each change of anything that is held. */
    public long changes() {
        return shards.stream().mapToLong(RegistryShard::changes).sum();
    }

    /** Every override in force, sorted by service. */
    public CompletableFuture<List<OverrideView>> overrides() {
        return gather(RegistryShard::overrides);
    }

    /**
     * A page of the services that somebody publishes or has configured, sorted.
     *
     * @param after the last name of the page before, or null for the first page
     * @param most how many names
     */
    public List<ServiceName> services(@Nullable ServiceName after, int most) {
        List<ServiceName> page = new ArrayList<>();
        for (RegistryShard shard : shards) {
            NavigableSet<ServiceName> names =
                    after == null ? shard.names() : shard.names().tailSet(after, false);
            names.stream().limit(most).forEach(page::add);
        }
        return page.stream().sorted().limit(most).toList();
    }

    /** How many services somebody publishes or has configured. */
    public long serviceCount() {
        return shards.stream().mapToLong(shard -> shard.names().size()).sum();
    }

    /** How many claims are held, visible or not. */
    public long claimCount() {
        return totals.claims();
    }

    /** How many claims are listed though their publishers are lost. */
    public long heldLossCount() {
        return totals.held();
    }

    /** How often a service began to lose too much at once. */
    public long massLossCount() {
        return totals.massLosses();
    }

    /** How many services are held, those that are only listened to included. */
    public long heldServiceCount() {
        return totals.services();
    }

    /** How many commands were refused because a mailbox was full. */
    public long refusedCount() {
        return refused.get();
    }

    private <T> CompletableFuture<List<T>> gather(Function<RegistryShard, List<T>> question) {
        List<CompletableFuture<List<T>>> answers = new ArrayList<>();
        for (RegistryShard shard : shards) {
            answers.add(CompletableFuture.supplyAsync(() -> question.apply(shard), shard.loop()::execute));
        }
        return together(answers);
    }

    private static <T> CompletableFuture<List<T>> together(List<CompletableFuture<List<T>>> answers) {
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> answers.stream()
                        .flatMap(answer -> answer.join().stream())
                        .toList());
    }

    private RegistryShard shardOf(ServiceName service) {
        int hash = service.hashCode();
        return shards.get(Math.floorMod(hash ^ hash >>> 16, shards.size()));
    }

    private void run(ServiceName service, Ack ack, Command command) {
        RegistryShard shard = shardOf(service);
        if (shard.loop().inLoop()) {
            attempt(shard, ack, command);
        } else if (!shard.loop().offer(() -> attempt(shard, ack, command))) {
            refused.incrementAndGet();
            ack.done(
                    0,
                    RegistryException.of(
                                    RegistryException.Code.RESOURCE_EXHAUSTED,
                                    "the server is overloaded; try again in " + OVERLOADED_MS + " ms")
                            .retryAfter(OVERLOADED_MS));
        }
    }

    private static void attempt(RegistryShard shard, Ack ack, Command command) {
        try {
            command.apply(shard);
        } catch (RegistryException refusal) {
            ack.done(0, refusal);
        } catch (RuntimeException failure) {
            log.error("a command on the registry failed", failure);
            ack.done(0, RegistryException.of(RegistryException.Code.INTERNAL, "the server failed; its log says why"));
        }
    }

    private static void runAlways(RegistryShard shard, Runnable command) {
        shard.loop().run(command);
    }

    /** What is to be done on the shard's loop. */
    @FunctionalInterface
    private interface Command {
        void apply(RegistryShard shard);
    }
}

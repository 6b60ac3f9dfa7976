// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.client.Client;
import io.roster.server.core.Registry;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.Subscriber;
import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One push loop: which of its streams hear which service. It listens once to a service however many of its streams do.
 *
 * <p>Thread: its loop, but for {@link #onSnapshot} and {@link #mute}, which any thread may call. What other loops have to
 * say is merged here: per service only the newest list waits.
 */
public final class Fanout implements Subscriber {

    /** Slots told in one go when the server has settled; between two goes the loop does what has arrived. */
    private static final int SLICE = 500;

    private final Registry registry;
    private final EventLoop loop;
    private final Map<ServiceName, Topic> topics = new HashMap<>();
    private final ConcurrentMap<ServiceName, ServiceSnapshot> arrived = new ConcurrentHashMap<>();
    private final AtomicBoolean drainPosted = new AtomicBoolean();
    private volatile boolean muted;
    private final AtomicLong subscriptions = new AtomicLong();
    private final StalledReaders stalled = new StalledReaders();

    public Fanout(Registry registry, EventLoop loop) {
        this.registry = registry;
        this.loop = loop;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Makes the outbox of a stream on this loop. */
    public Outbox open(Client client, Encoder encoder, Pipe pipe) {
        assert loop.inLoop();
        return new Outbox(this, registry.limits().subscriptionsPerClient(), client, encoder, pipe);
    }

    /** Those of its streams that do not read. */
    public StalledReaders stalled() {
        return stalled;
    }

    @Override
    public void onSnapshot(ServiceSnapshot snapshot) {
        if (loop.inLoop()) {
            tell(snapshot);
            return;
        }
        arrived.merge(snapshot.service(), snapshot, (a, b) -> a.revision() > b.revision() ? a : b);
        if (drainPosted.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** Says nothing more: a server that stops must not tell consumers that its own closing of streams is news. */
    public void mute() {
        muted = true;
    }

    /** The server has settled: those who keep what they had of an earlier life are told what is true. Any thread. */
    public void settle() {
        loop.execute(() -> {
            List<Slot> keeping = new ArrayList<>();
            topics.values()
                    .forEach(topic -> topic.slots().stream().filter(Slot::keeps).forEach(keeping::add));
            settle(keeping, 0);
        });
    }

    private void settle(List<Slot> slots, int from) {
        int until = Math.min(from + SLICE, slots.size());
        for (Slot slot : slots.subList(from, until)) {
            slot.settle();
            slot.outbox().offer(slot);
        }
        if (until < slots.size()) {
            loop.execute(() -> settle(slots, until));
        }
    }

    boolean isMuted() {
        return muted;
    }

    /** How many subscriptions the streams of this loop hold. Any thread. */
    public long subscriptions() {
        return subscriptions.get();
    }

    /** Who hears a service here. */
    public List<Subscription> subscribers(ServiceName service) {
        assert loop.inLoop();
        Topic topic = topics.get(service);
        return topic == null
                ? List.of()
                : topic.slots().stream().map(Subscription::of).toList();
    }

    /** What a client hears here. */
    List<Subscription> subscriptionsOf(Client client) {
        assert loop.inLoop();
        return topics.values().stream()
                .flatMap(topic -> topic.slots().stream())
                .filter(slot -> slot.outbox().client() == client)
                .map(Subscription::of)
                .toList();
    }

    private void drain() {
        drainPosted.set(false);
        for (ServiceName service : arrived.keySet()) {
            ServiceSnapshot snapshot = arrived.remove(service);
            if (snapshot != null) {
                tell(snapshot);
            }
        }
    }

    private void tell(ServiceSnapshot snapshot) {
        Topic topic = topics.get(snapshot.service());
        if (topic == null || !topic.renew(snapshot) || muted) {
            return;
        }
        // A copy of the references: a pipe that breaks while it is written to takes its slots out.
        for (Slot slot : new ArrayList<>(topic.slots())) {
            slot.outbox().offer(slot);
        }
    }

    Topic join(ServiceName service) {
        assert loop.inLoop();
        Topic topic = topics.get(service);
        if (topic == null) {
            registry.listen(service, this);
            topic = new Topic(registry.snapshot(service));
            topics.put(service, topic);
        } else {
            tell(registry.snapshot(service));
        }
        subscriptions.incrementAndGet();
        return topic;
    }

    void leave(Slot slot) {
        assert loop.inLoop();
        Topic topic = slot.topic();
        topic.remove(slot);
        subscriptions.decrementAndGet();
        if (topic.slots().isEmpty()) {
            topics.remove(topic.service());
            registry.unlisten(topic.service(), this);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.client.Client;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one stream was told, and of each service at most one unsent change. It holds no messages, only slots: a reader that
 * stops reading costs one slot per service and nobody else any time. Confined to the loop of its {@link Fanout}.
 */
public final class Outbox {

    /** What to name as {@code have} to be told the full list. */
    public static final long HAVE_NOTHING = Slot.NOTHING;

    /** What to name as {@code have} for a list of an earlier server life, while the server settles. */
    public static final long HAVE_FROM_BEFORE = -2;

    private final Fanout fanout;
    private final int maxSubscriptions;
    private final Client client;
    private final Encoder encoder;
    private final Pipe pipe;
    private final Map<Key, Slot> slots = new HashMap<>(2);
    private final Queue<Slot> waiting = new ArrayDeque<>(2);

    /** What a slot is found by. */
    private record Key(ServiceName service, View view) {}

    Outbox(Fanout fanout, int maxSubscriptions, Client client, Encoder encoder, Pipe pipe) {
        this.fanout = fanout;
        this.maxSubscriptions = maxSubscriptions;
        this.client = client;
        this.encoder = encoder;
        this.pipe = pipe;
    }

    /**
     * Hears a service from now on. Told at once what is newer than {@code have}; repeating it changes nothing, but
     * without {@code have} has the full list told again.
     *
     * @param have the revision that the reader has of this server life, {@link #HAVE_NOTHING} or {@link #HAVE_FROM_BEFORE}
     * @return the service's revision now
     * @throws RegistryException RESOURCE_EXHAUSTED if the stream hears too many services
     */
    public long subscribe(ServiceName service, View view, long have) {
        Key key = new Key(service, view);
        Slot slot = slots.get(key);
        if (slot == null) {
            if (slots.size() >= maxSubscriptions) {
                throw RegistryException.exhausted("subscriptions-per-client", maxSubscriptions, "unsubscribe some");
            }
            Topic topic = fanout.join(service);
            slot = new Slot(topic, this, view, have > topic.latest().revision() ? HAVE_NOTHING : have);
            topic.add(slot);
            slots.put(key, slot);
            client.countSubscribed(1);
        } else if (have == HAVE_NOTHING) {
            slot.forget();
        }
        if (have == HAVE_FROM_BEFORE) {
            slot.keep();
        }
        return slot.topic().latest().revision();
    }

    /** Sends what a subscription has to tell; apart from {@link #subscribe} so that its answer can go first. */
    public void tell(ServiceName service, View view) {
        Slot slot = slots.get(new Key(service, view));
        if (slot != null) {
            offer(slot);
        }
    }

    /**
     * Hears a service no more.
     *
     * @return false if it was not heard
     */
    public boolean unsubscribe(ServiceName service, View view) {
        Slot slot = slots.remove(new Key(service, view));
        if (slot == null) {
            return false;
        }
        waiting.remove(slot);
        slot.closed = true;
        fanout.leave(slot);
        client.countSubscribed(-1);
        return true;
    }

    /** The pipe can take more. */
    public void onReady() {
        fanout.stalled().reads(pipe);
        while (pipe.isReady() && !fanout.isMuted()) {
            Slot slot = waiting.poll();
            if (slot == null) {
                return;
            }
            slot.waiting = false;
            send(slot);
        }
        if (!waiting.isEmpty()) {
            fanout.stalled().waits(pipe);
        }
    }

    /** The stream has ended: hears nothing more. Repeating it changes nothing. */
    public void close() {
        List<Slot> left = new ArrayList<>(slots.values());
        slots.clear();
        waiting.clear();
        fanout.stalled().reads(pipe);
        for (Slot slot : left) {
            slot.closed = true;
            fanout.leave(slot);
        }
        client.countSubscribed(-left.size());
    }

    /** The services that this stream hears, as a copy. */
    public Set<ServiceName> services() {
        return slots.keySet().stream().map(Key::service).collect(Collectors.toUnmodifiableSet());
    }

    /** What this stream hears. */
    public List<Subscription> subscriptions() {
        return slots.values().stream().map(Subscription::of).toList();
    }

    Client client() {
        return client;
    }

    /** Sends what a slot has to say, or has it wait its turn. */
    void offer(Slot slot) {
        if (slot.waiting || slot.closed) {
            return;
        }
        if (pipe.isReady() && waiting.isEmpty()) {
            send(slot);
        } else {
            slot.waiting = true;
            waiting.add(slot);
            fanout.stalled().waits(pipe);
        }
    }

    private void send(Slot slot) {
        Object message = slot.next(encoder);
        if (message != null) {
            pipe.send(message);
        }
    }
}

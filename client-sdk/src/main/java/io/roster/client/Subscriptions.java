// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All that a client is subscribed to. Any thread may subscribe, unsubscribe and read; the map is changed by the loop
 * only.
 */
final class Subscriptions implements SessionUser {
    private final Loop loop;
    private final Calls calls;
    private final Executor executor;
    private final Backoff backoff;
    private final String namespace;
    private final Map<SubscriptionKey, Subscription> subscriptions = new ConcurrentHashMap<>();
    private @Nullable Session session;
    private int listeners;

    Subscriptions(Loop loop, Calls calls, Executor executor, Backoff backoff, String namespace) {
        this.loop = loop;
        this.calls = calls;
        this.executor = executor;
        this.backoff = backoff;
        this.namespace = namespace;
    }

    CompletableFuture<Void> subscribe(SubscriptionKey key, ServiceListener listener) {
        return calls.submit(new Subscribing(key, listener));
    }

    CompletableFuture<Void> unsubscribe(SubscriptionKey key, ServiceListener listener) {
        return calls.submit(new Unsubscribing(key, listener));
    }

    /** The whole list of a service as last told; null unless it is subscribed and the first list has come. */
    @Nullable
    InstanceList list(ServiceName service) {
        Subscription subscription = subscriptions.get(new SubscriptionKey(service, View.ALL));
        return subscription == null ? null : subscription.list();
    }

    List<ServiceName> services() {
        return subscriptions.keySet().stream()
                .map(SubscriptionKey::service)
                .distinct()
                .sorted(ServiceName.ORDER)
                .toList();
    }

    /** Ends all subscriptions without a word to the server. Loop only. */
    void close() {
        subscriptions.values().forEach(Subscription::end);
        subscriptions.clear();
    }

    @Override
    public void onReady(Session ready) {
        session = ready;
        for (Subscription subscription : subscriptions.values()) {
            if (subscription.isConfirmed()) {
                subscription.resume(ready);
            }
        }
    }

    @Override
    public void onLost() {
        session = null;
        subscriptions.values().forEach(Subscription::onLost);
    }

    @Override
    public void onPush(ServerMessage push) {
        if (push.hasSnapshot()) {
            Snapshot snapshot = push.getSnapshot();
            Subscription subscription = find(snapshot.getService(), snapshot.getView());
            if (subscription != null) {
                subscription.onSnapshot(snapshot);
            }
        } else {
            Diff diff = push.getDiff();
            Subscription subscription = find(diff.getService(), diff.getView());
            if (subscription != null) {
                subscription.onDiff(diff);
            }
        }
    }

    private @Nullable Subscription find(ServiceRef service, io.roster.proto.v1.View view) {
        return subscriptions.get(new SubscriptionKey(Wire.service(service, namespace), Wire.view(view)));
    }

    /** True if that was its last listener, so that the subscription is over. */
    private boolean remove(SubscriptionKey key, ServiceListener listener) {
        Subscription subscription = subscriptions.get(key);
        if (subscription == null || !subscription.remove(listener)) {
            return false;
        }
        listeners--;
        if (subscription.hasListeners()) {
            return false;
        }
        subscription.end();
        subscriptions.remove(key);
        return true;
    }

    private final class Subscribing extends Call<Void> {
        private final SubscriptionKey key;
        private final ServiceListener listener;
        private boolean isAdded;

        Subscribing(SubscriptionKey key, ServiceListener listener) {
            super("subscribe " + key);
            this.key = key;
            this.listener = listener;
        }

        @Override
        void begin() {
            if (listeners >= ClientSettings.MAX_LISTENERS) {
                fail(new RosterException(
                        RosterException.Code.RESOURCE_EXHAUSTED,
                        what() + ": one listener more than " + ClientSettings.MAX_LISTENERS));
                return;
            }
            Subscription subscription = subscriptions.computeIfAbsent(key, any -> new Subscription(loop, key, backoff));
            isAdded = subscription.add(new ListenerMailbox(key, listener, executor));
            if (isAdded) {
                listeners++;
            }
            if (subscription.isConfirmed()) {
                answer().complete(null);
            }
        }

        @Override
        void sendOn(Session ready) {
            ready.send(Wire.subscribe(key, null), this::onReply);
        }

        @Override
        @Nullable
        Void accepted(Reply reply) {
            Subscription subscription = subscriptions.get(key);
            if (session != null && subscription != null) {
                subscription.onSubscribed(session);
            } else if (session != null) {
                // The caller has given up before the answer came.
                session.send(Wire.unsubscribe(key), ignored -> {});
            }
            return null;
        }

        @Override
        void failed() {
            if (isAdded) {
                remove(key, listener);
            }
        }
    }

    /** Takes effect at once; the server is only told so that it does not push in vain, and nobody waits for that. */
    private final class Unsubscribing extends Call<Void> {
        private final SubscriptionKey key;
        private final ServiceListener listener;

        Unsubscribing(SubscriptionKey key, ServiceListener listener) {
            super("unsubscribe " + key);
            this.key = key;
            this.listener = listener;
        }

        @Override
        void begin() {
            if (remove(key, listener) && session != null) {
                session.send(Wire.unsubscribe(key), ignored -> {});
            }
            answer().complete(null);
        }

        @Override
        void sendOn(Session ready) {
            throw new AssertionError("answered already");
        }

        @Override
        @Nullable
        Void accepted(Reply reply) {
            throw new AssertionError("answered already");
        }
    }
}

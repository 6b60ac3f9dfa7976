// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscribed list and who listens to it, over all sessions. All state belongs to the loop, but any thread may read
 * {@link #list}.
 */
final class Subscription {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final Loop loop;
    private final SubscriptionKey key;
    private final Backoff backoff;
    private final ServiceView view;
    private final List<ListenerMailbox> mailboxes = new ArrayList<>();
    private @Nullable Session session;
    /** Whether the server has ever acknowledged it: only then does it outlive its session. */
    private boolean isConfirmed;

    private boolean isCurrent;
    /** Whether a full list was asked for: until it comes, diffs have nothing to stand on. */
    private boolean awaitsSnapshot = true;

    private int attempt;
    private Loop.@Nullable Timer retry;
    private volatile @Nullable InstanceList list;

    Subscription(Loop loop, SubscriptionKey key, Backoff backoff) {
        this.loop = loop;
        this.key = key;
        this.backoff = backoff;
        this.view = new ServiceView(key.view());
    }

    /** Any thread. The list as the listeners know it; null until the first has come. */
    @Nullable
    InstanceList list() {
        return list;
    }

    boolean isConfirmed() {
        return isConfirmed;
    }

    boolean hasListeners() {
        return !mailboxes.isEmpty();
    }

    /** False if an equal listener is there already. */
    boolean add(ListenerMailbox mailbox) {
        if (mailboxes.stream().anyMatch(other -> other.listener().equals(mailbox.listener()))) {
            return false;
        }
        mailboxes.add(mailbox);
        InstanceList known = list;
        if (known != null) {
            mailbox.put(known);
        }
        return true;
    }

    /** False if there is no such listener. */
    boolean remove(ServiceListener listener) {
        return mailboxes.removeIf(mailbox -> {
            boolean isHis = mailbox.listener().equals(listener);
            if (isHis) {
                mailbox.close();
            }
            return isHis;
        });
    }

    /** The server of this session has acknowledged the subscription, which has no list yet. */
    void onSubscribed(Session ready) {
        isConfirmed = true;
        session = ready;
    }

    /** Subscribes again on another session, from where the list is. */
    void resume(Session ready) {
        onLost();
        session = ready;
        awaitsSnapshot = !view.isTold();
        subscribe(ready, view.have());
    }

    /** What there is stays, stale. */
    void onLost() {
        session = null;
        isCurrent = false;
        cancelRetry();
        publish();
    }

    /** Nobody is told anything any more. */
    void end() {
        session = null;
        mailboxes.forEach(ListenerMailbox::close);
        mailboxes.clear();
        cancelRetry();
    }

    void onSnapshot(Snapshot snapshot) {
        if (!view.apply(snapshot)) {
            log.warn("{}: the list at revision {} has another digest than it says", key, snapshot.getRevision());
            resynchronize();
            return;
        }
        awaitsSnapshot = false;
        becomeCurrent();
    }

    void onDiff(Diff diff) {
        if (awaitsSnapshot) {
            return;
        }
        if (!view.apply(diff)) {
            log.warn(
                    "{}: the change from revision {} to {} does not fit; asking for the full list",
                    key,
                    diff.getFromRevision(),
                    diff.getToRevision());
            resynchronize();
            return;
        }
        becomeCurrent();
    }

    private void subscribe(Session ready, @Nullable Have have) {
        ready.send(Wire.subscribe(key, have), reply -> onReply(ready, have, reply));
    }

    private void onReply(Session ready, @Nullable Have have, Reply reply) {
        if (session != ready) {
            return;
        }
        if (reply.getCode() != Reply.Code.OK) {
            log.warn("cannot subscribe to {} again: {}", key, Wire.inWords(reply));
            subscribeLater();
        } else if (have != null && have.getEpoch() == ready.welcome().getEpoch()) {
            // Of the same life: either nothing has changed, or the change follows at once.
            becomeCurrent();
        }
    }

    private void becomeCurrent() {
        isCurrent = true;
        attempt = 0;
        publish();
    }

    /** Asks for the full list: at once the first time, then ever more patiently. */
    private void resynchronize() {
        awaitsSnapshot = true;
        isCurrent = false;
        publish();
        if (attempt == 0 && session != null) {
            attempt++;
            subscribe(session, null);
        } else {
            subscribeLater();
        }
    }

    private void subscribeLater() {
        if (retry == null) {
            retry = loop.schedule(backoff.delayMs(attempt++), this::retry);
        }
    }

    private void retry() {
        retry = null;
        if (session != null) {
            subscribe(session, awaitsSnapshot ? null : view.have());
        }
    }

    private void cancelRetry() {
        attempt = 0;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private void publish() {
        if (!view.isTold()) {
            return;
        }
        InstanceList before = list;
        InstanceList now = view.list(isCurrent ? InstanceList.Age.CURRENT : InstanceList.Age.STALE);
        if (before == null || !before.tellsTheSameAs(now)) {
            list = now;
            mailboxes.forEach(mailbox -> mailbox.put(now));
        }
    }
}

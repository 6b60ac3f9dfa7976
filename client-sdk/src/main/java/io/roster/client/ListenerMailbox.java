// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one listener its events, one at a time, on the executor. Holds only the latest list: what a slow listener
 * misses is merged into its next event. The loop puts lists in, the executor takes them out.
 */
final class ListenerMailbox implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ListenerMailbox.class);

    private final SubscriptionKey key;
    private final ServiceListener listener;
    private final Executor executor;
    /** Guarded by this. */
    private @Nullable InstanceList latest;
    /** Guarded by this. Whether the executor has this mailbox, so that no event overtakes another. */
    private boolean isScheduled;
    /** Guarded by this. */
    private boolean isClosed;
    /** What the listener was told last. Touched by one run after the other, with the lock taken between them. */
    private @Nullable InstanceList told;

    ListenerMailbox(SubscriptionKey key, ServiceListener listener, Executor executor) {
        this.key = key;
        this.listener = listener;
        this.executor = executor;
    }

    ServiceListener listener() {
        return listener;
    }

    void put(InstanceList list) {
        synchronized (this) {
            latest = list;
            if (isScheduled || isClosed) {
                return;
            }
            isScheduled = true;
        }
        schedule();
    }

    synchronized void close() {
        isClosed = true;
        latest = null;
    }

    @Override
    public void run() {
        InstanceList list = take();
        if (list != null) {
            tell(list);
        }
        synchronized (this) {
            if (latest == null) {
                isScheduled = false;
                return;
            }
        }
        schedule();
    }

    private synchronized @Nullable InstanceList take() {
        InstanceList list = latest;
        latest = null;
        return isClosed ? null : list;
    }

    @SuppressWarnings("CatchThrowable") // Whatever a listener does must not hold up its next event.
    private void tell(InstanceList list) {
        InstanceList before = told;
        if (before != null && before.tellsTheSameAs(list)) {
            return;
        }
        told = list;
        try {
            listener.onChange(ServiceEvent.between(key, before, list));
        } catch (Throwable e) {
            log.error("a listener of {} failed", key, e);
        }
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            log.warn("the listener executor refuses an event of {}; the next one will include it", key, e);
            synchronized (this) {
                isScheduled = false;
            }
        }
    }
}

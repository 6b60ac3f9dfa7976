// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the commands that arrived together have touched. At its end, which is when the loop has done all that had arrived,
 * each touched service publishes one list, then the acknowledgements go out, then the subscribers hear. A burst merges by
 * itself, because the loop is busy. Confined to the shard's loop.
 */
final class Batch {

    private static final Logger log = LoggerFactory.getLogger(Batch.class);

    /** How long after its last listener left a service still logs its changes, for that listener's return. */
    private static final long LOG_AFTER_LISTENER_MS = 60_000;

    private final EventLoop loop;
    private final Consumer<ServiceState> afterwards;
    private List<ServiceState> touched = new ArrayList<>();
    private List<Runnable> acks = new ArrayList<>();

    /** Written by the loop. */
    private volatile long touches;

    /**
     * @param afterwards called for each touched service when all have heard
     */
    Batch(EventLoop loop, Consumer<ServiceState> afterwards) {
        this.loop = loop;
        this.afterwards = afterwards;
    }

    /** Takes a service in; called by the service at the first touch since it last settled. */
    void add(ServiceState state) {
        if (touched.isEmpty()) {
            loop.execute(this::end);
        }
        touched.add(state);
        // The loop is the only writer: nothing can be lost between reading and writing.
        long before = touches;
        touches = before + 1;
    }

    /** How often a service was touched that had settled. Any thread. */
    long touches() {
        return touches;
    }

    /** Acknowledges a command on a service once every reader can see what it did. */
    void acknowledge(ServiceState state, Ack ack) {
        if (state.isTouched()) {
            acks.add(() -> ack.done(state.published().revision(), null));
        } else {
            ack.done(state.published().revision(), null);
        }
    }

    private void end() {
        List<ServiceState> settling = touched;
        List<Runnable> waiting = acks;
        touched = new ArrayList<>();
        acks = new ArrayList<>();
        List<ServiceSnapshot> changed = new ArrayList<>(settling.size());
        List<List<Subscriber>> hearing = new ArrayList<>(settling.size());
        long loggedSinceMs = loop.nowMs() - LOG_AFTER_LISTENER_MS;
        for (ServiceState state : settling) {
            if (state.settle(state.isListenedTo(loggedSinceMs))) {
                changed.add(state.published());
                hearing.add(List.copyOf(state.listeners()));
            }
        }
        waiting.forEach(Batch::runSafely);
        for (int i = 0; i < changed.size(); i++) {
            ServiceSnapshot snapshot = changed.get(i);
            hearing.get(i).forEach(subscriber -> runSafely(() -> subscriber.onSnapshot(snapshot)));
        }
        settling.forEach(afterwards);
    }

    /** One caller's failure is not the others'. */
    private static void runSafely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            log.error("a caller of the registry failed to hear its answer", failure);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The heartbeats of one peer, four a second, until it dies. */
final class Beats {

    /** As with any client, one lost beat is not the end: the instance would go if many were. */
    private final AtomicInteger lost = new AtomicInteger();

    private final Map<String, Runnable> beats = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "beats");
        thread.setDaemon(true);
        return thread;
    });

    Beats() {
        var unused = timer.scheduleWithFixedDelay(this::beat, 250, 250, TimeUnit.MILLISECONDS);
    }

    void add(String key, Runnable beat) {
        beats.put(key, beat);
    }

    void remove(String key) {
        beats.remove(key);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void beat() {
        beats.values().forEach(beat -> {
            try {
                beat.run();
            } catch (RuntimeException refused) {
                lost.incrementAndGet();
            }
        });
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Listed;
import io.roster.client.RosterClient;
import io.roster.client.RosterException;
import io.roster.client.ServiceEvent;
import io.roster.it.history.Event;
import io.roster.it.history.Hearing;
import io.roster.it.history.History;
import io.roster.it.history.Listing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/** Subscribes by the SDK. */
final class SdkReader implements Reader {

    private final String name;
    private final History history;
    private final RosterClient client;
    private final Phaser stall = new Phaser(1);
    private final ExecutorService listeners = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "sdk reader");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean isStalled;

    SdkReader(String name, History history, Line line, List<String> services) {
        this.name = name;
        this.history = history;
        this.client = line.sdk()
                .app(name)
                .timeout(Duration.ofSeconds(20))
                .listenerExecutor(listeners)
                .build();
        for (String service : services) {
            subscribe(service);
        }
    }

    private void subscribe(String service) throws RosterException {
        history.add(at -> new Event.Subscribed(at, name, service, Hearing.KEEPING));
        client.subscribe(service, this::onChange);
    }

    private void onChange(ServiceEvent event) {
        String service = event.service().name();
        List<Listed> instances = Lists.listed(event.instances());
        if (event.isStale()) {
            history.add(at -> new Event.Kept(at, name, service, instances));
        } else {
            history.add(at -> new Event.Told(at, name, service, Listing.plain(instances)));
        }
        int phase = stall.getPhase();
        if (isStalled) {
            stall.awaitAdvance(phase);
        }
    }

    @Override
    public void stall(boolean stalled) {
        isStalled = stalled;
        if (!stalled) {
            stall.arrive();
        }
    }

    @Override
    public void close() {
        history.add(at -> new Event.Unsubscribed(at, name));
        stall(false);
        client.close();
        listeners.shutdown();
    }
}

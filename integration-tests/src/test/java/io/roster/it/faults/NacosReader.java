// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Event;
import io.roster.it.history.Hearing;
import io.roster.it.history.History;
import io.roster.it.history.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Subscribes over the wire of Nacos, on one connection after the other. */
final class NacosReader implements Reader {

    private static final long PAUSE_MS = 100;

    private final String name;
    private final History history;
    private final Line line;
    private final List<String> services;
    /** Guarded by this. When each list was published: an answer may overtake a push, and clients then keep the newer. */
    private final Map<String, Long> publishedAtMs = new HashMap<>();

    private final Thread keeper;
    private volatile @Nullable NacosStream stream;
    private volatile boolean isClosed;

    NacosReader(String name, History history, Line line, List<String> services) {
        this.name = name;
        this.history = history;
        this.line = line;
        this.services = services;
        services.forEach(service -> history.add(at -> new Event.Subscribed(at, name, service, Hearing.PLAIN)));
        keeper = new Thread(this::keepOpen, name);
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keepOpen() {
        while (!isClosed) {
            NacosStream open = stream;
            if (open == null || !open.isOpen()) {
                connect();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void connect() {
        NacosStream[] self = new NacosStream[1];
        NacosStream next = new NacosStream(line, list -> onList(self, list));
        self[0] = next;
        stream = next;
        if (!next.open() || !services.stream().allMatch(next::subscribe)) {
            next.close();
        }
    }

    private void onList(NacosStream[] from, JsonNode list) {
        NacosStream current = stream;
        if (current == null || from[0] != current || isClosed) {
            return;
        }
        String service = list.get("name").asText();
        long published = list.get("lastRefTime").asLong();
        List<Listed> instances = new ArrayList<>();
        list.get("hosts").forEach(host -> instances.add(listed(host)));
        synchronized (this) {
            if (published >= publishedAtMs.getOrDefault(service, 0L)) {
                publishedAtMs.put(service, published);
                history.add(at -> new Event.Told(at, name, service, Listing.plain(instances)));
            }
        }
    }

    private static Listed listed(JsonNode host) {
        Map<String, String> metadata = new HashMap<>();
        host.get("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        return new Listed(
                new Address(host.get("ip").asText(), host.get("port").asInt()),
                host.get("clusterName").asText(),
                host.get("weight").asDouble(),
                host.get("healthy").asBoolean(),
                metadata);
    }

    /** It always reads: what it is told is whole lists, and few. */
    @Override
    public void stall(boolean stalled) {
        throw new UnsupportedOperationException(name + " cannot be stalled");
    }

    @Override
    public void close() {
        history.add(at -> new Event.Unsubscribed(at, name));
        isClosed = true;
        keeper.interrupt();
        NacosStream current = stream;
        if (current != null) {
            current.close();
        }
    }
}

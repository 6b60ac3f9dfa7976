// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client wants to be published: all that was acknowledged and not deregistered since. Loop only. */
final class Intents {
    /** Read by the server too: milliseconds between the beats of an instance, in place of the server's own. */
    private static final String BEAT_INTERVAL = "preserved.heart.beat.interval";

    private final Map<ServiceName, Map<InstanceKey, Instance>> byService = new HashMap<>();
    private int size;
    private Runnable whenAdded = () -> {};

    /** Runs the task after each addition; forgets a task given before. */
    void whenAdded(Runnable task) {
        whenAdded = task;
    }

    void put(ServiceName service, List<Instance> instances) {
        Map<InstanceKey, Instance> intended = byService.computeIfAbsent(service, name -> new TreeMap<>());
        for (Instance instance : instances) {
            if (intended.put(instance.key(), instance) == null) {
                size++;
            }
        }
        whenAdded.run();
    }

    void remove(ServiceName service, InstanceKey key) {
        Map<InstanceKey, Instance> instances = byService.get(service);
        if (instances != null && instances.remove(key) != null) {
            size--;
            if (instances.isEmpty()) {
                byService.remove(service);
            }
        }
    }

    @Nullable
    Instance find(ServiceName service, InstanceKey key) {
        return byService.getOrDefault(service, Map.of()).get(key);
    }

    List<ServiceName> services() {
        return List.copyOf(byService.keySet());
    }

    List<Instance> of(ServiceName service) {
        return List.copyOf(byService.getOrDefault(service, Map.of()).values());
    }

    int size() {
        return size;
    }

    /** The shortest interval that any instance asks for, at most the given one. */
    long beatIntervalMs(long defaultMs) {
        return byService.values().stream()
                .flatMap(instances -> instances.values().stream())
                .mapToLong(instance -> beatIntervalMs(instance, defaultMs))
                .reduce(defaultMs, Math::min);
    }

    private static long beatIntervalMs(Instance instance, long defaultMs) {
        String asked = instance.metadata().get(BEAT_INTERVAL);
        try {
            return asked == null ? defaultMs : Long.parseLong(asked);
        } catch (NumberFormatException e) {
            // The server has let it pass, so the server's own interval is in force.
            return defaultMs;
        }
    }
}

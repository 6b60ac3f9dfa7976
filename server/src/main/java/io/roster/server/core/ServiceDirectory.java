// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Which services a shard holds, which of them stand in the list of names, and what is told of one that is not held.
 *
 * <p>Thread: what says so may be called by any thread, all else by the shard's loop.
 */
final class ServiceDirectory {

    private final RegistryShard shard;
    private final Limits limits;
    private final Totals totals;
    private final List<NamesListener> namesListeners;
    private final long epoch;
    private final ConcurrentMap<ServiceName, ServiceState> services = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<ServiceName> names = new ConcurrentSkipListSet<>();

    /**
     * No service made from now on starts below this, and one that is not held is told as empty at it: what was dropped and
     * comes back never repeats a revision. Written by the loop.
     */
    private volatile long revisionFloor;

    /** The same for the time of its publication; wall clock. Written by the loop. */
    private volatile long publishedFloorMs = System.currentTimeMillis();

    ServiceDirectory(
            RegistryShard shard, Limits limits, Totals totals, List<NamesListener> namesListeners, long epoch) {
        this.shard = shard;
        this.limits = limits;
        this.totals = totals;
        this.namesListeners = namesListeners;
        this.epoch = epoch;
    }

    /** A service for what any thread may read of it, or null if it is not held. Any thread. */
    @Nullable
    ServiceState find(ServiceName name) {
        return services.get(name);
    }

    /** The list that readers are given. Any thread. */
    ServiceSnapshot snapshot(ServiceName name) {
        ServiceState state = services.get(name);
        return state == null ? empty(name) : state.published();
    }

    /** The services that somebody publishes, declared or configured, sorted. Any thread. */
    ConcurrentSkipListSet<ServiceName> names() {
        return names;
    }

    /** Every service held; may be walked while services come and go. */
    Collection<ServiceState> all() {
        return services.values();
    }

    /**
     * Checks that a service is held or that there is room for one more. Any thread; the room may be gone a moment later.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if there is none
     */
    void checkRoom(ServiceName name) {
        if (totals.services() >= limits.services() && !services.containsKey(name)) {
            throw RegistryException.exhausted("max-services", limits.services(), "raise the limit");
        }
    }

    /** The service, taken in if need be, whether or not there is room. */
    ServiceState hold(ServiceName name) {
        ServiceState state = services.get(name);
        if (state == null) {
            state = new ServiceState(name, shard, empty(name));
            services.put(name, state);
            totals.services(1);
        }
        return state;
    }

    /**
     * The list of a service that is not held, no older than any list that it may have had; it stays the same until another
     * service goes. Any thread.
     */
    private ServiceSnapshot empty(ServiceName name) {
        return ServiceSnapshot.empty(name, epoch, revisionFloor, publishedFloorMs);
    }

    /** Puts a service into the list of names; one that stands there is left alone. */
    void list(ServiceState state) {
        if (!state.listed) {
            state.listed = true;
            names.add(state.name());
            namesListeners.forEach(listener -> listener.onListed(state.name()));
        }
    }

    /** Takes a service out of the list of names; one that does not stand there is left alone. */
    void unlist(ServiceState state) {
        if (state.listed) {
            state.listed = false;
            names.remove(state.name());
            namesListeners.forEach(listener -> listener.onUnlisted(state.name()));
        }
    }

    /**
     * Forgets a service.
     *
     * @return false if it was not held
     */
    boolean drop(ServiceState state) {
        // Before it goes: whoever no longer finds it must find the floors above it.
        revisionFloor = Math.max(revisionFloor, state.published().revision());
        publishedFloorMs = Math.max(publishedFloorMs, state.published().publishedAtMs());
        boolean wasHeld = services.remove(state.name(), state);
        if (wasHeld) {
            totals.services(-1);
        }
        return wasHeld;
    }
}

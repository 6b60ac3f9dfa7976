// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One service: who claims what, what operators say, who listens, and the list last published. The only mutable facts of
 * the registry.
 *
 * <p>Thread: the shard's loop, but for {@link #published()} and {@link #settings()}, which any thread may read.
 */
final class ServiceState {

    private static final Registration[] NONE = new Registration[0];

    private final ServiceName name;
    private final RegistryShard shard;

    /** The newest claim of each key, sorted by key; older claims hang behind it. The first {@code keys} are in use. */
    private Registration[] heads = NONE;

    private int keys;
    private int claims;
    private int leased;
    private @Nullable Map<InstanceKey, InstanceOverride> overrides;
    private volatile ServiceSettings settings = ServiceSettings.DEFAULT;
    private final List<Subscriber> listeners = new ArrayList<>(1);

    /** Whether the service stands in the shard's list of names. */
    boolean listed;

    /** When the last listener left, on the loop's clock; only meant while there is none. */
    private long listenedUntilMs = Long.MIN_VALUE;

    /** Keys whose visible instance may differ from the published one; null if the batch touched nothing. */
    private @Nullable Set<InstanceKey> touched;

    private volatile ServiceSnapshot published;

    ServiceState(ServiceName name, RegistryShard shard, ServiceSnapshot published) {
        this.name = name;
        this.shard = shard;
        this.published = published;
    }

    ServiceName name() {
        return name;
    }

    RegistryShard shard() {
        return shard;
    }

    /** The list that readers are given. Any thread. */
    ServiceSnapshot published() {
        return published;
    }

    /** The claim that a publisher holds on a key, or null. */
    @Nullable
    Registration find(String publisherId, InstanceKey key) {
        int at = indexOf(key);
        Registration claim = at < 0 ? null : heads[at];
        while (claim != null && !claim.publisher().id().equals(publisherId)) {
            claim = claim.older;
        }
        return claim;
    }

    /** Puts a claim before all others of its key. */
    void add(Registration claim) {
        InstanceKey key = claim.instance().key();
        int at = indexOf(key);
        if (at >= 0) {
            claim.older = heads[at];
            heads[at] = claim;
        } else {
            insert(-at - 1, claim);
        }
        claims++;
        leased += claim.lease() == null ? 0 : 1;
        touch(key);
    }

    /**
     * Takes a claim out, wherever it stands.
     *
     * @return false if it is not there
     */
    boolean remove(Registration claim) {
        int at = indexOf(claim.instance().key());
        if (at < 0 || !unlink(at, claim)) {
            return false;
        }
        claim.older = null;
        claims--;
        leased -= claim.lease() == null ? 0 : 1;
        touch(claim.instance().key());
        return true;
    }

    private void insert(int at, Registration claim) {
        if (keys == heads.length) {
            heads = Arrays.copyOf(heads, keys == 0 ? 1 : keys + (keys >> 1) + 1);
        }
        System.arraycopy(heads, at, heads, at + 1, keys - at);
        heads[at] = claim;
        keys++;
    }

    private boolean unlink(int at, Registration claim) {
        if (heads[at] != claim) {
            Registration newer = heads[at];
            while (newer.older != null && newer.older != claim) {
                newer = newer.older;
            }
            boolean found = newer.older == claim;
            newer.older = found ? claim.older : newer.older;
            return found;
        }
        if (claim.older != null) {
            heads[at] = claim.older;
            return true;
        }
        System.arraycopy(heads, at + 1, heads, at, keys - at - 1);
        heads[--keys] = null;
        return true;
    }

    /** Notes that a key's visible instance may have changed. */
    void touch(InstanceKey key) {
        if (touched == null) {
            touched = new HashSet<>();
            shard.batch().add(this);
        }
        touched.add(key);
    }

    boolean isTouched() {
        return touched != null;
    }

    /** What consumers should see under a key, or null. */
    @Nullable
    Instance visible(InstanceKey key) {
        int at = indexOf(key);
        if (at < 0) {
            return null;
        }
        InstanceOverride override = override(key);
        Instance shown = heads[at].shown();
        Instance seen = override == null ? shown : override.over(shown);
        return seen.isEnabled() ? seen : null;
    }

    /**
     * Ends a batch: publishes the list if it differs from the published one.
     *
     * @return whether consumers see a difference
     */
    boolean settle(boolean keepLog) {
        Set<InstanceKey> keysTouched = touched == null ? Set.of() : touched;
        touched = null;
        ServiceSnapshot before = published;
        Changed changed = Changed.between(before, keysTouched, this);
        double threshold = settings.protectionThreshold();
        if (changed.size() == 0 && before.protectionThreshold() == threshold) {
            return false;
        }
        published = before.next(changed, threshold, keepLog);
        return true;
    }

    @Nullable
    InstanceOverride override(InstanceKey key) {
        return overrides == null ? null : overrides.get(key);
    }

    /** Sets or, with null, takes away an override. */
    void override(InstanceKey key, @Nullable InstanceOverride override) {
        if (override == null) {
            if (overrides != null) {
                overrides.remove(key);
            }
        } else {
            overrides = overrides == null ? new HashMap<>() : overrides;
            overrides.put(key, override);
        }
        touch(key);
    }

    Map<InstanceKey, InstanceOverride> overrides() {
        return overrides == null ? Map.of() : overrides;
    }

    /** What operators say of the service as a whole. Any thread. */
    ServiceSettings settings() {
        return settings;
    }

    void settings(ServiceSettings newSettings) {
        settings = newSettings;
        if (touched == null) {
            touched = new HashSet<>();
            shard.batch().add(this);
        }
    }

    List<Subscriber> listeners() {
        return listeners;
    }

    void listenedUntil(long nowMs) {
        listenedUntilMs = nowMs;
    }

    /** Whether somebody listens, or did after a moment. */
    boolean isListenedTo(long sinceMs) {
        return !listeners.isEmpty() || listenedUntilMs > sinceMs;
    }

    boolean hasLeases() {
        return leased > 0;
    }

    /** Whether somebody publishes, declared or configured the service; being listened to does not make a service. */
    boolean exists() {
        return claims > 0 || !overrides().isEmpty() || !settings.equals(ServiceSettings.DEFAULT);
    }

    boolean isPublished() {
        return claims > 0;
    }

    /** Every claim, visible or not, sorted by key, the newest of each key first. */
    List<Registration> claims() {
        List<Registration> all = new ArrayList<>(claims);
        for (int i = 0; i < keys; i++) {
            for (Registration claim = heads[i]; claim != null; claim = claim.older) {
                all.add(claim);
            }
        }
        return all;
    }

    /**
     * Visits every claim. The visitor may remove the claim it is given, and no other.
     *
     * @return how many were visited
     */
    int forEachClaim(Consumer<Registration> visitor) {
        int visited = 0;
        for (int i = keys - 1; i >= 0; i--) {
            Registration claim = heads[i];
            while (claim != null) {
                Registration older = claim.older;
                visitor.accept(claim);
                visited++;
                claim = older;
            }
        }
        return visited;
    }

    boolean isNewest(Registration claim) {
        int at = indexOf(claim.instance().key());
        return at >= 0 && heads[at] == claim;
    }

    private int indexOf(InstanceKey key) {
        int low = 0;
        int high = keys - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = heads[middle].instance().key().compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One service: who claims what, what operators say, who listens, and the list last published. The only mutable facts of
 * the registry.
 *
 * <p>Thread: the shard's loop, but for {@link #published()} and {@link #settings()}, which any thread may read.
 */
final class ServiceState {

    private final ServiceName name;
    private final RegistryShard shard;

    /** The newest claim of each key; older claims hang behind it. */
    private final Map<InstanceKey, Registration> heads = new HashMap<>(4);

    private int claims;
    private int leased;
    private @Nullable Map<InstanceKey, InstanceOverride> overrides;
    private @Nullable Losses losses;
    private volatile ServiceSettings settings = ServiceSettings.DEFAULT;
    private final List<Subscriber> listeners = new ArrayList<>(1);

    /** Whether the service stands in the shard's list of names. */
    boolean listed;

    /** When the last listener left, on the loop's clock; only meant while there is none. */
    private long listenedUntilMs = Long.MIN_VALUE;

    /** What was to be seen just before each touch, some keys perhaps twice; null if the batch touched nothing. */
    private @Nullable List<Seen> touched;

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
        Registration claim = heads.get(key);
        while (claim != null && !claim.publisher().id().equals(publisherId)) {
            claim = claim.older;
        }
        return claim;
    }

    /** Puts a claim before all others of its key. */
    void add(Registration claim) {
        InstanceKey key = claim.instance().key();
        beforeChange(key);
        claim.older = heads.put(key, claim);
        claims++;
        leased += claim.lease() == null ? 0 : 1;
        if (losses != null) {
            losses.moved(claim.older != null && claim.older.isPresent(), claim.isPresent());
        }
    }

    /**
     * Takes a claim out, wherever it stands.
     *
     * @return false if it is not there
     */
    boolean remove(Registration claim) {
        InstanceKey key = claim.instance().key();
        boolean wasPresent = losses != null && isPresent(key);
        beforeChange(key);
        if (!unlink(claim)) {
            return false;
        }
        claim.older = null;
        claims--;
        leased -= claim.lease() == null ? 0 : 1;
        if (losses != null) {
            losses.release(claim);
            losses.moved(wasPresent, isPresent(key));
        }
        return true;
    }

    /** Its publisher has gone silent, or is heard again; either way nothing holds the claim any more. */
    void silence(Registration claim, boolean silent) {
        InstanceKey key = claim.instance().key();
        boolean wasPresent = losses != null && isPresent(key);
        beforeChange(key);
        claim.silent(silent);
        claim.held(false);
        if (losses != null) {
            losses.release(claim);
            losses.moved(wasPresent, isPresent(key));
        }
    }

    /** Has a claim stay as it is though its publisher is lost. */
    void hold(Registration claim, Losses byLosses) {
        beforeChange(claim.instance().key());
        claim.held(true);
        byLosses.hold(claim);
        byLosses.moved(true, false);
    }

    /** What was lost lately, or null if that is nothing. */
    @Nullable
    Losses losses() {
        return losses;
    }

    void losses(@Nullable Losses newLosses) {
        losses = newLosses;
    }

    /** Whether a claim is all that makes its key present, so that the key is lost with it. */
    boolean isLastPresent(Registration claim, Fate fate) {
        if (!isNewest(claim) || !claim.isPresent()) {
            return false;
        }
        return fate == Fate.MARK_UNHEALTHY || claim.older == null || !claim.older.isPresent();
    }

    private boolean isPresent(InstanceKey key) {
        Registration head = heads.get(key);
        return head != null && head.isPresent();
    }

    int keyCount() {
        return heads.size();
    }

    /** How many keys' newest claims are present. */
    int countPresent() {
        int count = 0;
        for (Registration head : heads.values()) {
            count += head.isPresent() ? 1 : 0;
        }
        return count;
    }

    private boolean unlink(Registration claim) {
        InstanceKey key = claim.instance().key();
        Registration newer = heads.get(key);
        if (newer == claim) {
            if (claim.older == null) {
                heads.remove(key);
            } else {
                heads.put(key, claim.older);
            }
            return true;
        }
        while (newer != null && newer.older != claim) {
            newer = newer.older;
        }
        if (newer == null) {
            return false;
        }
        newer.older = claim.older;
        return true;
    }

    /** Must be called before anything is done that may change what consumers see under a key. */
    void beforeChange(InstanceKey key) {
        touch().add(new Seen(key, visible(key)));
    }

    private List<Seen> touch() {
        List<Seen> seen = touched;
        if (seen == null) {
            seen = new ArrayList<>(2);
            touched = seen;
            shard.batch().add(this);
        }
        return seen;
    }

    boolean isTouched() {
        return touched != null;
    }

    /** What consumers should see under a key, or null. */
    @Nullable
    Instance visible(InstanceKey key) {
        Registration head = heads.get(key);
        if (head == null) {
            return null;
        }
        InstanceOverride override = override(key);
        Instance shown = head.shown();
        Instance seen = override == null ? shown : override.over(shown);
        return seen.isEnabled() ? seen : null;
    }

    /**
     * Ends a batch: publishes the list if it differs from the published one.
     *
     * @return whether consumers see a difference
     */
    boolean settle(boolean keepLog) {
        List<Seen> seen = touched == null ? List.of() : touched;
        touched = null;
        ServiceSnapshot before = published;
        Changed changed = Changed.between(seen, this);
        double threshold = settings.protectionThreshold();
        boolean isGuarded = losses != null && losses.isHolding();
        if (changed.size() == 0 && before.protectionThreshold() == threshold && before.isGuarded() == isGuarded) {
            return false;
        }
        published = before.next(changed, threshold, isGuarded, keepLog);
        return true;
    }

    @Nullable
    InstanceOverride override(InstanceKey key) {
        return overrides == null ? null : overrides.get(key);
    }

    /** Sets or, with null, takes away an override. */
    void override(InstanceKey key, @Nullable InstanceOverride override) {
        beforeChange(key);
        if (override == null) {
            if (overrides != null) {
                overrides.remove(key);
            }
        } else {
            overrides = overrides == null ? new HashMap<>() : overrides;
            overrides.put(key, override);
        }
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
        touch();
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
        for (InstanceKey key : new TreeSet<>(heads.keySet())) {
            for (Registration claim = heads.get(key); claim != null; claim = claim.older) {
                all.add(claim);
            }
        }
        return all;
    }

    /** The service as it is now; costs one look at each claim. */
    ServiceRecord copy() {
        List<Registration> all = new ArrayList<>(claims);
        for (Registration head : heads.values()) {
            int first = all.size();
            for (Registration claim = head; claim != null; claim = claim.older) {
                all.add(claim);
            }
            if (all.size() - first > 1) {
                Collections.reverse(all.subList(first, all.size()));
            }
        }
        return new ServiceRecord(name, settings, Map.copyOf(overrides()), all);
    }

    /**
     * Visits every claim. The visitor may remove the claim it is given, and no other.
     *
     * @return how many were visited
     */
    int forEachClaim(Consumer<Registration> visitor) {
        int visited = 0;
        for (Registration head : List.copyOf(heads.values())) {
            Registration claim = head;
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
        return heads.get(claim.instance().key()) == claim;
    }
}

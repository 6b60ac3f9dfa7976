// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The visible list of a service at one revision of one server life: enabled instances, the newest claim of each key.
 * Immutable; remembers what was made of it.
 */
public final class ServiceSnapshot {

    private final ServiceName service;
    private final long epoch;
    private final long revision;
    private final long publishedAtMs;
    private final InstanceList instances;
    private final int healthy;
    private final long digest;
    private final double protectionThreshold;
    private final boolean guarded;
    private final @Nullable ChangeLog changes;
    private final Listing all;
    private final Memo memo = new Memo();

    ServiceSnapshot(
            ServiceName service,
            long epoch,
            long revision,
            long publishedAtMs,
            InstanceList instances,
            int healthy,
            long digest,
            double protectionThreshold,
            boolean guarded,
            @Nullable ChangeLog changes) {
        this.service = service;
        this.epoch = epoch;
        this.revision = revision;
        this.publishedAtMs = publishedAtMs;
        this.instances = instances;
        this.healthy = healthy;
        this.digest = digest;
        this.protectionThreshold = protectionThreshold;
        this.guarded = guarded;
        this.changes = changes;
        this.all = new Listing(
                instances,
                healthy,
                instances.size(),
                Listing.isProtected(healthy, instances.size(), protectionThreshold),
                digest);
    }

    /** The list of a service that has none. */
    static ServiceSnapshot empty(ServiceName service, long epoch, long revision, long publishedAtMs) {
        return new ServiceSnapshot(service, epoch, revision, publishedAtMs, InstanceList.EMPTY, 0, 0, 0, false, null);
    }

    public ServiceName service() {
        return service;
    }

    /** The server's life; revisions of different lives cannot be compared. */
    public long epoch() {
        return epoch;
    }

    /** Grows by one with each visible change. */
    public long revision() {
        return revision;
    }

    /**
     * When this list was published: wall clock, milliseconds since 1970. It strictly grows with the revision, even if the
     * clock is set back, so that a wire can tell an older list from a newer one by it.
     */
    public long publishedAtMs() {
        return publishedAtMs;
    }

    public double protectionThreshold() {
        return protectionThreshold;
    }

    /** Whether some instances are listed though their publishers are lost, because too many are at once. */
    public boolean isGuarded() {
        return guarded;
    }

    /** The results remembered for this snapshot. */
    public Memo memo() {
        return memo;
    }

    /** The whole list. */
    public Listing all() {
        return all;
    }

    /** The list as a view shows it. */
    public Listing through(View view) {
        return view.isAll() ? all : memo.get(view, () -> select(view));
    }

    /**
     * What a subscriber who has an older revision must be told.
     *
     * @return null if that is not known any more, or if the full list is no longer than it
     */
    public @Nullable ServiceChange since(long older, View view) {
        if (changes == null || older >= revision) {
            return null;
        }
        return memo.get(new Since(older, view), () -> new Answer(changeSince(older, view))).change;
    }

    /** A key for the memo, told apart from a bare view. */
    private record Since(long revision, View view) {}

    /** What the memo keeps: that there is no change to tell is worth remembering too. */
    private record Answer(@Nullable ServiceChange change) {}

    private @Nullable ServiceChange changeSince(long older, View view) {
        Set<InstanceKey> touched = changes == null ? null : changes.touchedSince(older, instances.size() + 16);
        if (touched == null) {
            return null;
        }
        Listing listing = through(view);
        List<Instance> upserted = new ArrayList<>(touched.size());
        List<InstanceKey> removed = new ArrayList<>();
        for (InstanceKey key : touched.size() > 1 ? new TreeSet<>(touched) : touched) {
            if (view.selects(key.cluster())) {
                Instance now = find(key);
                if (now != null && view.offers(now, listing.isProtected())) {
                    upserted.add(now);
                } else {
                    removed.add(key);
                }
            }
        }
        return new ServiceChange(this, view, older, List.copyOf(upserted), List.copyOf(removed), new Memo());
    }

    private Listing select(View view) {
        int selected = 0;
        int selectedHealthy = 0;
        for (Instance instance : instances) {
            if (view.selects(instance.key().cluster())) {
                selected++;
                selectedHealthy += instance.isHealthy() ? 1 : 0;
            }
        }
        boolean isProtected = Listing.isProtected(selectedHealthy, selected, protectionThreshold);
        List<Instance> seen = new ArrayList<>(view.healthyOnly() && !isProtected ? selectedHealthy : selected);
        long sum = 0;
        for (Instance instance : instances) {
            if (view.selects(instance.key().cluster()) && view.offers(instance, isProtected)) {
                seen.add(instance);
                sum += instance.digest();
            }
        }
        return new Listing(Collections.unmodifiableList(seen), selectedHealthy, selected, isProtected, sum);
    }

    /** The instance of a key, or null if consumers cannot see one. */
    public @Nullable Instance find(InstanceKey key) {
        return instances.find(key);
    }

    /**
     * The next revision of this list.
     *
     * @param changed what consumers see from now on
     */
    ServiceSnapshot next(Changed changed, double newThreshold, boolean nowGuarded, boolean keepLog) {
        return new ServiceSnapshot(
                service,
                epoch,
                revision + 1,
                Math.max(System.currentTimeMillis(), publishedAtMs + 1),
                instances.with(changed),
                healthy + changed.healthyGrowth(),
                digest + changed.digestGrowth(),
                newThreshold,
                nowGuarded,
                keepLog ? ChangeLog.of(revision + 1, changed.keys(), changes) : null);
    }

    @Override
    public String toString() {
        return service + "@" + revision + all.instances();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final Instance[] instances;
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
            Instance[] sorted,
            int healthy,
            long digest,
            double protectionThreshold,
            boolean guarded,
            @Nullable ChangeLog changes) {
        this.service = service;
        this.epoch = epoch;
        this.revision = revision;
        this.publishedAtMs = publishedAtMs;
        this.instances = sorted;
        this.healthy = healthy;
        this.digest = digest;
        this.protectionThreshold = protectionThreshold;
        this.guarded = guarded;
        this.changes = changes;
        this.all = new Listing(
                Collections.unmodifiableList(Arrays.asList(sorted)),
                healthy,
                sorted.length,
                Listing.isProtected(healthy, sorted.length, protectionThreshold),
                digest);
    }

    /** The list of a service that has none. */
    static ServiceSnapshot empty(ServiceName service, long epoch, long revision, long publishedAtMs) {
        return new ServiceSnapshot(service, epoch, revision, publishedAtMs, new Instance[0], 0, 0, 0, false, null);
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
        Set<InstanceKey> touched = changes == null ? null : changes.touchedSince(older, instances.length + 16);
        if (touched == null) {
            return null;
        }
        Listing listing = through(view);
        List<Instance> upserted = new ArrayList<>(touched.size());
        List<InstanceKey> removed = new ArrayList<>();
        for (InstanceKey key : touched.size() > 1 ? new TreeSet<>(touched) : touched) {
            int at = indexOf(listing.instances(), key);
            if (at >= 0) {
                upserted.add(listing.instances().get(at));
            } else if (view.selects(key.cluster())) {
                removed.add(key);
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
        boolean healthyOnly = view.healthyOnly() && !isProtected;
        List<Instance> seen = new ArrayList<>(healthyOnly ? selectedHealthy : selected);
        long sum = 0;
        for (Instance instance : instances) {
            if (view.selects(instance.key().cluster()) && (!healthyOnly || instance.isHealthy())) {
                seen.add(instance);
                sum += instance.digest();
            }
        }
        return new Listing(Collections.unmodifiableList(seen), selectedHealthy, selected, isProtected, sum);
    }

    /** The instance of a key, or null if consumers cannot see one. */
    public @Nullable Instance find(InstanceKey key) {
        int at = indexOf(all.instances(), key);
        return at < 0 ? null : instances[at];
    }

    /** Where a key stands in the list, or {@code -(insertion point) - 1}. */
    int placeOf(InstanceKey key) {
        return indexOf(all.instances(), key);
    }

    Instance at(int place) {
        return instances[place];
    }

    /** Where a key is in a sorted list, or {@code -(insertion point) - 1}. */
    private static int indexOf(List<Instance> sorted, InstanceKey key) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).key().compareTo(key);
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

    /**
     * The next revision of this list.
     *
     * @param changed the keys that changed, sorted, with the instance to be seen from now on or null
     */
    ServiceSnapshot next(Changed changed, double newThreshold, boolean nowGuarded, boolean keepLog) {
        Instance[] merged = new Instance[instances.length + changed.growth()];
        int healthyNow = healthy;
        long sum = digest;
        int from = 0;
        int to = 0;
        for (int i = 0; i < changed.size(); i++) {
            int at = changed.place(i);
            int until = at >= 0 ? at : -at - 1;
            System.arraycopy(instances, from, merged, to, until - from);
            to += until - from;
            from = until;
            if (at >= 0) {
                healthyNow -= instances[at].isHealthy() ? 1 : 0;
                sum -= instances[at].digest();
                from++;
            }
            Instance now = changed.now(i);
            if (now != null) {
                healthyNow += now.isHealthy() ? 1 : 0;
                sum += now.digest();
                merged[to++] = now;
            }
        }
        System.arraycopy(instances, from, merged, to, instances.length - from);
        ChangeLog log = keepLog ? ChangeLog.of(revision + 1, changed.keys(), changes) : null;
        long nowMs = Math.max(System.currentTimeMillis(), publishedAtMs + 1);
        return new ServiceSnapshot(
                service, epoch, revision + 1, nowMs, merged, healthyNow, sum, newThreshold, nowGuarded, log);
    }

    @Override
    public String toString() {
        return service + "@" + revision + all.instances();
    }
}

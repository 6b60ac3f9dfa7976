// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What consumers see from now on under the keys of one service that a batch really changed, and what that does to the
 * figures of the list. Immutable.
 */
final class Changed {

    private final Seen[] sorted;
    private final int growth;
    private final int healthyGrowth;
    private final long digestGrowth;

    private Changed(Seen[] sorted, int growth, int healthyGrowth, long digestGrowth) {
        this.sorted = sorted;
        this.growth = growth;
        this.healthyGrowth = healthyGrowth;
        this.digestGrowth = digestGrowth;
    }

    /**
     * Compares what consumers saw before a batch with what they are to see after it. Shard loop only.
     *
     * @param touched what they saw under each key just before it was touched, in the order of the touches
     */
    static Changed between(List<Seen> touched, ServiceState state) {
        Seen[] before = sorted(touched);
        Seen[] after = new Seen[before.length];
        int size = 0;
        int growth = 0;
        int healthyGrowth = 0;
        long digestGrowth = 0;
        for (int i = 0; i < before.length; i++) {
            Seen was = before[i];
            if (i > 0 && was.key().equals(before[i - 1].key())) {
                // Touched again: what was published is what the first touch found.
                continue;
            }
            assert Objects.equals(state.published().find(was.key()), was.instance())
                    : "changed before it was told: " + was;
            Seen is = new Seen(was.key(), state.visible(was.key()));
            if (!Objects.equals(was.instance(), is.instance())) {
                after[size++] = is;
                growth += is.count() - was.count();
                healthyGrowth += is.healthy() - was.healthy();
                digestGrowth += is.digest() - was.digest();
            }
        }
        return new Changed(
                size == after.length ? after : Arrays.copyOf(after, size), growth, healthyGrowth, digestGrowth);
    }

    /** All these, the newest last, as one; of each key the newest counts. */
    static Seen[] merged(Collection<Changed> oldestFirst) {
        if (oldestFirst.size() == 1) {
            return oldestFirst.iterator().next().sorted;
        }
        List<Seen> each = new ArrayList<>();
        for (Changed changed : oldestFirst) {
            Collections.addAll(each, changed.sorted);
        }
        Seen[] all = each.toArray(new Seen[0]);
        Arrays.sort(all, Seen.BY_KEY);
        int size = 0;
        for (int i = 0; i < all.length; i++) {
            if (i + 1 == all.length || !all[i].key().equals(all[i + 1].key())) {
                all[size++] = all[i];
            }
        }
        return Arrays.copyOf(all, size);
    }

    /** Sorted by key; those of one key stay in their order. */
    private static Seen[] sorted(List<Seen> touched) {
        Seen[] sorted = touched.toArray(new Seen[0]);
        if (sorted.length > 1) {
            Arrays.sort(sorted, Seen.BY_KEY);
        }
        return sorted;
    }

    int size() {
        return sorted.length;
    }

    /** How much longer the list becomes. */
    int growth() {
        return growth;
    }

    /** How many more healthy instances the list has. */
    int healthyGrowth() {
        return healthyGrowth;
    }

    /** What is added to the digest of the list. */
    long digestGrowth() {
        return digestGrowth;
    }

    InstanceKey[] keys() {
        InstanceKey[] keys = new InstanceKey[sorted.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = sorted[i].key();
        }
        return keys;
    }

    /** What consumers see under a key from now on, or null if that has not changed. */
    @Nullable
    Seen find(InstanceKey key) {
        for (Seen seen : sorted) {
            if (seen.key().equals(key)) {
                return seen;
            }
        }
        return null;
    }
}

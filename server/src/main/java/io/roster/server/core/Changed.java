// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one service that a batch really changed, sorted, each with the instance to be seen from now on. Confined to
 * the shard's loop.
 */
final class Changed {

    private static final Changed NOTHING = new Changed(new InstanceKey[0], new int[0], new Instance[0]);

    private final InstanceKey[] keys;
    private final int[] places;
    private final @Nullable Instance[] now;

    private Changed(InstanceKey[] keys, int[] places, @Nullable Instance[] now) {
        this.keys = keys;
        this.places = places;
        this.now = now;
    }

    /** Compares what was published with what is to be seen now, over the keys that a batch touched, some perhaps twice. */
    static Changed between(ServiceSnapshot published, List<InstanceKey> touched, ServiceState state) {
        if (touched.size() == 1) {
            // Most batches change one instance of a service: nothing need be sorted.
            InstanceKey key = touched.get(0);
            int place = published.placeOf(key);
            Instance is = state.visible(key);
            return differs(published, place, is)
                    ? new Changed(new InstanceKey[] {key}, new int[] {place}, new @Nullable Instance[] {is})
                    : NOTHING;
        }
        Set<InstanceKey> sorted = new TreeSet<>(touched);
        sorted.removeIf(key -> !differs(published, published.placeOf(key), state.visible(key)));
        return new Changed(
                sorted.toArray(new InstanceKey[0]),
                sorted.stream().mapToInt(published::placeOf).toArray(),
                sorted.stream().map(state::visible).toArray(Instance[]::new));
    }

    private static boolean differs(ServiceSnapshot published, int place, @Nullable Instance is) {
        return !Objects.equals(place < 0 ? null : published.at(place), is);
    }

    int size() {
        return keys.length;
    }

    /** Where the key stands in the published list, or {@code -(insertion point) - 1}. */
    int place(int i) {
        return places[i];
    }

    @Nullable
    Instance now(int i) {
        return now[i];
    }

    InstanceKey[] keys() {
        return keys;
    }

    /** How much longer the list becomes. */
    int growth() {
        int growth = 0;
        for (int i = 0; i < keys.length; i++) {
            growth += (now[i] == null ? 0 : 1) - (places[i] < 0 ? 0 : 1);
        }
        return growth;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one service that a batch really changed, sorted, each with the instance to be seen from now on. Confined to
 * the shard's loop.
 */
final class Changed {

    private final InstanceKey[] keys;
    private final @Nullable Instance[] now;
    private final int growth;

    private Changed(InstanceKey[] keys, @Nullable Instance[] now, int growth) {
        this.keys = keys;
        this.now = now;
        this.growth = growth;
    }

    /** Compares what was published with what is to be seen now, over the keys that a batch touched. */
    static Changed between(ServiceSnapshot published, Set<InstanceKey> touched, ServiceState state) {
        Map<InstanceKey, @Nullable Instance> differing = new TreeMap<>();
        int growth = 0;
        for (InstanceKey key : touched) {
            Instance was = published.find(key);
            Instance is = state.visible(key);
            if (!Objects.equals(was, is)) {
                differing.put(key, is);
                growth += (is == null ? 0 : 1) - (was == null ? 0 : 1);
            }
        }
        return new Changed(
                differing.keySet().toArray(new InstanceKey[0]),
                differing.values().toArray(new Instance[0]),
                growth);
    }

    int size() {
        return keys.length;
    }

    InstanceKey key(int i) {
        return keys[i];
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
        return growth;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What consumers see under a key at some moment.
 *
 * @param instance null if they see none
 */
record Seen(InstanceKey key, @Nullable Instance instance) {

    static final Comparator<Seen> BY_KEY = (a, b) -> a.key.compareTo(b.key);

    int count() {
        return instance == null ? 0 : 1;
    }

    int healthy() {
        return instance != null && instance.isHealthy() ? 1 : 0;
    }

    long digest() {
        return instance == null ? 0 : instance.digest();
    }
}

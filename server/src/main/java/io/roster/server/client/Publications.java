// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one client publishes, found by group. Most clients publish one thing in a group, so one stands there by itself and
 * only several are put into a set. Guarded by its {@link Client}.
 */
final class Publications {

    /** Of each group a {@link Publication}, or the set of several. */
    private final Map<Object, Object> byGroup = new HashMap<>(2);

    private int count;

    /** Adds one; one that is there already is ignored. */
    void add(Publication publication) {
        Object present = byGroup.putIfAbsent(publication.group(), publication);
        if (present == null) {
            count++;
        } else if (present != publication) {
            count += several(publication.group(), present).add(publication) ? 1 : 0;
        }
    }

    private Set<Publication> several(Object group, Object present) {
        if (!(present instanceof Publication single)) {
            return cast(present);
        }
        Set<Publication> set = new HashSet<>(4);
        set.add(single);
        byGroup.put(group, set);
        return set;
    }

    /** Takes one out; one that is not there is ignored. */
    void remove(Publication publication) {
        Object present = byGroup.get(publication.group());
        if (present == publication) {
            byGroup.remove(publication.group());
            count--;
        } else if (present instanceof Set) {
            Set<Publication> set = cast(present);
            count -= set.remove(publication) ? 1 : 0;
            if (set.isEmpty()) {
                byGroup.remove(publication.group());
            }
        }
    }

    /** What is published in one group, as a copy in no order. */
    List<Publication> of(Object group) {
        Object present = byGroup.get(group);
        if (present == null) {
            return List.of();
        }
        return present instanceof Publication single ? List.of(single) : List.copyOf(cast(present));
    }

    /** All, as a copy in no order. */
    List<Publication> all() {
        List<Publication> all = new ArrayList<>(count);
        for (Object present : byGroup.values()) {
            if (present instanceof Publication single) {
                all.add(single);
            } else {
                all.addAll(cast(present));
            }
        }
        return all;
    }

    int count() {
        return count;
    }

    @SuppressWarnings("unchecked")
    private static Set<Publication> cast(Object several) {
        return (Set<Publication>) several;
    }
}

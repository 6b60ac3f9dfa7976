// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one client publishes, found by group. Most clients publish one thing, and most of the others one thing in a group, and
 * there may be a million clients: so one stands by itself until there are more. Guarded by its {@link Client}.
 */
final class Publications {

    /** All that is published, as long as there was never more. */
    private @Nullable Publication only;

    /** Of each group a {@link Publication}, or the set of several; null as long as {@link #only} does. */
    private @Nullable Map<Object, Object> byGroup;

    private int count;

    /** Adds one; one that is there already is ignored. */
    void add(Publication publication) {
        if (byGroup == null && (only == null || only == publication)) {
            only = publication;
            count = 1;
            return;
        }
        Map<Object, Object> groups = groups();
        Object present = groups.putIfAbsent(publication.group(), publication);
        if (present == null) {
            count++;
        } else if (present != publication) {
            count += several(groups, publication.group(), present).add(publication) ? 1 : 0;
        }
    }

    private Map<Object, Object> groups() {
        if (byGroup == null) {
            byGroup = new HashMap<>(4);
            if (only != null) {
                byGroup.put(only.group(), only);
                only = null;
            }
        }
        return byGroup;
    }

    private static Set<Publication> several(Map<Object, Object> groups, Object group, Object present) {
        if (!(present instanceof Publication single)) {
            return cast(present);
        }
        Set<Publication> set = new HashSet<>(4);
        set.add(single);
        groups.put(group, set);
        return set;
    }

    /** Takes one out; one that is not there is ignored. */
    void remove(Publication publication) {
        if (only == publication) {
            only = null;
            count = 0;
        }
        if (byGroup == null) {
            return;
        }
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
        Object present =
                only != null && only.group().equals(group) ? only : byGroup == null ? null : byGroup.get(group);
        if (present == null) {
            return List.of();
        }
        return present instanceof Publication single ? List.of(single) : List.copyOf(cast(present));
    }

    /** All, as a copy in no order. */
    List<Publication> all() {
        if (byGroup == null) {
            return only == null ? List.of() : List.of(only);
        }
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

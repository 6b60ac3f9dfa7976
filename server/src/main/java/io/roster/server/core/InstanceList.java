// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The visible instances of a service at one revision, sorted by key. A revision that nobody reads costs only what it
 * changed: the list is written out when it is first read, or when so much has changed that waiting saves nothing.
 * Immutable as far as can be seen; thread: any.
 */
final class InstanceList extends AbstractList<Instance> implements RandomAccess {

    static final InstanceList EMPTY = new InstanceList(new Instance[0]);

    /** A list is written out when more than this share of it, one in so many, has changed since the last that was. */
    private static final int UNWRITTEN_SHARE = 2;

    /** A single instance is looked for in at most so many changes before the list is written out for it. */
    private static final int CHANGES_SEARCHED = 8;

    private final int size;

    /** Either this is there or {@link #unwritten}; set before that is cleared. */
    private volatile Instance @Nullable [] written;

    private volatile @Nullable Unwritten unwritten;

    /** What makes a list that is not written out: an older one, what has changed since, and how many changes that makes. */
    private record Unwritten(InstanceList older, Changed changed, int changes) {}

    private InstanceList(Instance[] written) {
        this.size = written.length;
        this.written = written;
    }

    private InstanceList(int size, Unwritten unwritten) {
        this.size = size;
        this.unwritten = unwritten;
    }

    /** The list after a change. */
    InstanceList with(Changed changed) {
        Unwritten mine = unwritten;
        int changes = changed.size() + (mine == null ? 0 : mine.changes());
        InstanceList next = new InstanceList(size + changed.growth(), new Unwritten(this, changed, changes));
        if (changes > size / UNWRITTEN_SHARE) {
            next.written();
        }
        return next;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Instance get(int index) {
        return written()[index];
    }

    /** The instance of a key, or null if there is none. */
    @Nullable
    Instance find(InstanceKey key) {
        InstanceList list = this;
        for (int i = 0; i < CHANGES_SEARCHED; i++) {
            Unwritten rest = list.unwritten;
            if (rest == null) {
                break;
            }
            Seen seen = rest.changed().find(key);
            if (seen != null) {
                return seen.instance();
            }
            list = rest.older();
        }
        Instance[] sorted = list.written();
        int at = placeOf(key, sorted, 0);
        return at < 0 ? null : sorted[at];
    }

    private Instance[] written() {
        Instance[] known = written;
        return known == null ? write() : known;
    }

    /** Goes back to the last list that is written out and applies what has changed since; two threads may do the same. */
    private Instance[] write() {
        Deque<Changed> since = new ArrayDeque<>();
        InstanceList list = this;
        Instance[] sorted = list.written;
        while (sorted == null) {
            Unwritten rest = list.unwritten;
            if (rest != null) {
                since.push(rest.changed());
                list = rest.older();
            }
            sorted = list.written;
        }
        Instance[] made = apply(Changed.merged(since), sorted, size);
        written = made;
        unwritten = null;
        return made;
    }

    private static Instance[] apply(Seen[] changed, Instance[] sorted, int size) {
        Instance[] made = new Instance[size];
        int from = 0;
        int to = 0;
        for (Seen seen : changed) {
            int at = placeOf(seen.key(), sorted, from);
            int until = at >= 0 ? at : -at - 1;
            System.arraycopy(sorted, from, made, to, until - from);
            to += until - from;
            from = at >= 0 ? until + 1 : until;
            Instance now = seen.instance();
            if (now != null) {
                made[to++] = now;
            }
        }
        System.arraycopy(sorted, from, made, to, sorted.length - from);
        return made;
    }

    /** Where a key is in a sorted array from a place on, or {@code -(insertion point) - 1}. */
    private static int placeOf(InstanceKey key, Instance[] sorted, int from) {
        int low = from;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted[middle].key().compareTo(key);
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

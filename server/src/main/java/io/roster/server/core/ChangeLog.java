// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the latest revisions of a service touched: enough to tell a subscriber who is a little behind only what is
 * newer. Immutable, newest first, cut to {@value #MAX_DEPTH} revisions.
 */
final class ChangeLog {

    /** A subscriber further behind gets the full list; a reconnect takes less than this many changes. */
    static final int MAX_DEPTH = 32;

    private final long revision;
    private final InstanceKey[] touched;
    private final int depth;
    private final @Nullable ChangeLog older;

    private ChangeLog(long revision, InstanceKey[] touched, @Nullable ChangeLog older) {
        this.revision = revision;
        this.touched = touched;
        this.older = older;
        this.depth = older == null ? 1 : older.depth + 1;
    }

    static ChangeLog of(long revision, InstanceKey[] touched, @Nullable ChangeLog older) {
        return new ChangeLog(
                revision, touched, older != null && older.depth >= 2 * MAX_DEPTH ? older.newest(MAX_DEPTH) : older);
    }

    private ChangeLog newest(int count) {
        return new ChangeLog(revision, touched, count == 1 || older == null ? null : older.newest(count - 1));
    }

    /**
     * The keys touched after a revision.
     *
     * @return null if the log does not reach back that far, or more than {@code most} keys were touched
     */
    @Nullable
    Set<InstanceKey> touchedSince(long since, int most) {
        Set<InstanceKey> keys = new HashSet<>();
        for (ChangeLog entry = this; entry != null; entry = entry.older) {
            Collections.addAll(keys, entry.touched);
            if (keys.size() > most) {
                return null;
            }
            if (entry.revision == since + 1) {
                return keys;
            }
        }
        return null;
    }
}

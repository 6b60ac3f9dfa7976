// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import java.util.List;

/**
 * What a server tells of a service: its list, or what differs from a list that was told before.
 *
 * @param fromRevision the revision that it builds on, or {@link #WHOLE}
 * @param toRevision the revision that it leads to; 0 where the wire has none
 * @param upserted the list, or what is new or has changed
 * @param removed what is gone
 * @param digest of the list at {@code toRevision}; 0 where the wire has none and the list is not empty
 */
public record Telling(
        String service,
        long epoch,
        long fromRevision,
        long toRevision,
        List<Listed> upserted,
        List<Address> removed,
        long digest) {

    /** A full list builds on nothing. */
    public static final long WHOLE = -1;

    public boolean isWhole() {
        return fromRevision == WHOLE;
    }

    /** Whether the wire counts revisions; Nacos's does not. */
    public boolean isCounted() {
        return toRevision > 0;
    }
}

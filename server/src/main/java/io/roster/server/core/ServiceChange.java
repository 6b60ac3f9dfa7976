// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.List;

/**
 * What differs, through a view, between an older revision of a service and a snapshot. Immutable; remembers its encodings.
 *
 * @param to the newer list
 * @param fromRevision the older revision
 * @param upserted instances that are new or have changed, sorted
 * @param removed keys that are no longer in the list, sorted; some may not have been in the older list either
 * @param memo the encodings
 */
public record ServiceChange(
        ServiceSnapshot to,
        View view,
        long fromRevision,
        List<Instance> upserted,
        List<InstanceKey> removed,
        Memo memo) {

    /** Whether the view shows the same list before and after, as far as can be told. */
    public boolean isEmpty() {
        return upserted.isEmpty() && removed.isEmpty();
    }
}

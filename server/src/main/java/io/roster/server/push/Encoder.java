// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import org.jspecify.annotations.Nullable;

/**
 * How one wire writes a list or a change. What it makes is shared by all streams of the wire and must be immutable.
 * Stateless; thread: any.
 */
public interface Encoder {

    /** The full list through a view. */
    Object full(ServiceSnapshot snapshot, View view);

    /**
     * The full list for a reader who has one of an earlier server life, while whoever is missing may only be late. A wire
     * that has no word for that says the list as it is.
     */
    default Object unsettled(ServiceSnapshot snapshot, View view) {
        return full(snapshot, view);
    }

    /** A change, or null if this wire knows only full lists. */
    @Nullable
    Object diff(ServiceChange change);
}

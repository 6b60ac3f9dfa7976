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

    /** A change, or null if this wire knows only full lists. */
    @Nullable
    Object diff(ServiceChange change);
}

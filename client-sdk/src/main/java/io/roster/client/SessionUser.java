// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.ServerMessage;

/** Something that speaks on the session in use. All methods run on the loop. */
interface SessionUser {
    /** Another session is in use from now on. What was sent on the one before and not answered will not be. */
    default void onReady(Session session) {}

    /** There is no session, until the next {@link #onReady}. */
    default void onLost() {}

    /** The server tells something about a subscription. */
    default void onPush(ServerMessage push) {}
}

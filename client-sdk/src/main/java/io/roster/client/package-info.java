// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The client of a Roster registry: says what this program serves, and who else serves what, through restarts and broken
 * connections. Start at {@link io.roster.client.RosterClient}.
 */
@NullMarked
package io.roster.client;

import org.jspecify.annotations.NullMarked;

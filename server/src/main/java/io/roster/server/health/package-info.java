// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** Who has gone quiet. */
@NullMarked
package io.roster.server.health;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The real server and its clients, broken on purpose while a history is written. */
@NullMarked
package io.roster.it.faults;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** What was done to a registry and what it said, written down, and whether that keeps its promises. */
@NullMarked
package io.roster.it.history;

import org.jspecify.annotations.NullMarked;

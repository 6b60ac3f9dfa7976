// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** What outlives the server: the state of the registry on disk, and how it comes back on probation. */
@NullMarked
package io.roster.server.persistence;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The server as a whole: its parts put together, its configuration and its command line. */
@NullMarked
package io.roster.server;

import org.jspecify.annotations.NullMarked;

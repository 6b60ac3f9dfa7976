// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** Who may do what: knows no wire. */
@NullMarked
package io.roster.server.security;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** What is registered and what changed; knows no wire. */
@NullMarked
package io.roster.server.core;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** Who is here, what each one publishes, and how they die. */
@NullMarked
package io.roster.server.client;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** One thread, one mailbox, one clock. */
@NullMarked
package io.roster.server.loop;

import org.jspecify.annotations.NullMarked;

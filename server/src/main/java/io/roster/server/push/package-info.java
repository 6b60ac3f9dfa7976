// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** How one change reaches many slow pipes. */
@NullMarked
package io.roster.server.push;

import org.jspecify.annotations.NullMarked;

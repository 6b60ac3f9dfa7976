// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The harness as its users run it. */
@NullMarked
package io.roster.bench;

import org.jspecify.annotations.NullMarked;

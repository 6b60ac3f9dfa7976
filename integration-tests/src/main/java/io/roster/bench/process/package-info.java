// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The servers measured: processes of their own, and what they cost the machine. */
@NullMarked
package io.roster.bench.process;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** Figures, their spread over rounds, and how they are shown. */
@NullMarked
package io.roster.bench.result;

import org.jspecify.annotations.NullMarked;

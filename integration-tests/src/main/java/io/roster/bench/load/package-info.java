// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** How requests are spread over time and how their answers are timed. */
@NullMarked
package io.roster.bench.load;

import org.jspecify.annotations.NullMarked;

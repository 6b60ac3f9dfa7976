// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The harness measured against servers known to be right or wrong. */
@NullMarked
package io.roster.bench.workload;

import org.jspecify.annotations.NullMarked;

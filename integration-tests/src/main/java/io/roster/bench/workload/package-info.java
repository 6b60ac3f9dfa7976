// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** What is measured: one class a workload. */
@NullMarked
package io.roster.bench.workload;

import org.jspecify.annotations.NullMarked;

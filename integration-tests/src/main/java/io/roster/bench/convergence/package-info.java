// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** Whether what subscribers were told adds up to what is true. */
@NullMarked
package io.roster.bench.convergence;

import org.jspecify.annotations.NullMarked;

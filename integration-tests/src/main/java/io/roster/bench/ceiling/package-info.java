// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** A gRPC server that does nothing but answer: what could be reached at best. */
@NullMarked
package io.roster.bench.ceiling;

import org.jspecify.annotations.NullMarked;

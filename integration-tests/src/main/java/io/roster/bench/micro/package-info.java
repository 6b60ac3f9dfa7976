// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The core by itself: what a change costs before any byte of it is sent. Run by {@code roster-bench jmh}. */
@NullMarked
package io.roster.bench.micro;

import org.jspecify.annotations.NullMarked;

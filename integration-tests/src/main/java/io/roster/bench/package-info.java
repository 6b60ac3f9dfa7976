// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** What a registry costs above the gRPC underneath it, shown on any machine by one command. */
@NullMarked
package io.roster.bench;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The gRPC port and the loops and pipes behind it; owned by no wire. */
@NullMarked
package io.roster.server.transport;

import org.jspecify.annotations.NullMarked;

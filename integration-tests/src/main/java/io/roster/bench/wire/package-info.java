// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The client's end of each wire: bytes in, bytes out, many connections on few loops. */
@NullMarked
package io.roster.bench.wire;

import org.jspecify.annotations.NullMarked;

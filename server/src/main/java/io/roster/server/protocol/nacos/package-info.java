// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The Nacos wire over gRPC, as Nacos 2.x and 3.x clients speak it: JSON in one envelope. */
@NullMarked
package io.roster.server.protocol.nacos;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The native wire: typed streams and unary calls over gRPC. */
@NullMarked
package io.roster.server.protocol.grpc;

import org.jspecify.annotations.NullMarked;

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.ServerServiceDefinition;

/** A gRPC service and who is let through to it: there is none that nobody has thought about. */
public record GuardedService(ServerServiceDefinition definition, Door door) {}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

/**
 * Who a server is.
 *
 * @param serverId stable over its life, another after a restart
 * @param version the program's version
 */
public record ServerIdentity(String serverId, String version) {}

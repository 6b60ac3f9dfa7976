// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/**
 * What a request may be.
 *
 * @param headerBytes longest request line and headers together
 * @param bodyBytes longest body
 * @param idleMs a connection that is silent for longer is closed
 */
public record HttpLimits(int headerBytes, int bodyBytes, long idleMs) {}

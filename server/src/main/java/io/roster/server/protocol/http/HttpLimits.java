// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.transport.ConnectionLimit;
import io.roster.server.transport.InboundBudget;

/**
 * What the main port takes in.
 *
 * @param connections how many at once; further ones wait to be accepted
 * @param ofAddress says who has too many of them
 * @param unfinished how much of requests that are not whole is kept
 * @param headerBytes longest request line and headers together
 * @param bodyBytes longest body
 * @param idleMs a connection that is silent for longer is closed
 */
public record HttpLimits(
        int connections,
        ConnectionLimit ofAddress,
        InboundBudget unfinished,
        int headerBytes,
        int bodyBytes,
        long idleMs) {}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

/**
 * What a port takes in.
 *
 * @param connections how many connections
 * @param unfinished how much of messages that are not whole yet
 */
public record Intake(ConnectionLimit connections, InboundBudget unfinished) {}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * Names a claim within its service.
 *
 * @param publisherId the id of the client that made it
 * @param key the instance
 */
public record ClaimKey(String publisherId, InstanceKey key) {}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

/**
 * Who asks, and from where.
 *
 * @param principal as it was when it showed its credentials
 * @param from its address, as {@code ip:port}
 */
public record Caller(Principal principal, String from) {}

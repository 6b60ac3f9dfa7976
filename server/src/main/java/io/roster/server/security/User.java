// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

/**
 * Somebody with a password.
 *
 * @param hash bcrypt
 */
record User(Principal principal, String hash) {

    @Override
    public String toString() {
        return principal.name();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

/**
 * Somebody with a password.
 *
 * @param hash bcrypt
 * @param fingerprint of the hash: another password has another
 */
record User(Principal principal, String hash, String fingerprint) {

    private static final int FINGERPRINT_LENGTH = 16;

    User(Principal principal, String hash) {
        this(principal, hash, Sha256.of(hash).substring(0, FINGERPRINT_LENGTH));
    }

    @Override
    public String toString() {
        return principal.name();
    }
}

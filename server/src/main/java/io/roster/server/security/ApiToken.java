// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token that does not expire, for programs. Only its digest is kept; it is long enough that a plain digest does.
 *
 * @param secret what the program shows
 */
public record ApiToken(String secret) {

    /** Tells it from a login's token, and lets scanners find one that was published by mistake. */
    static final String PREFIX = "roster_";

    private static final int BYTES = 32;

    /** A new one. */
    public static ApiToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ApiToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Its digest in lower-case hex, for the users file. */
    public String sha256() {
        return Sha256.of(secret);
    }

    @Override
    public String toString() {
        return "a token";
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import org.jspecify.annotations.Nullable;

/** How credentials are written. */
public final class Credentials {

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /**
     * The token of an {@code Authorization} header.
     *
     * @return null without the header; a token that no one has for any scheme but Bearer
     */
    public static @Nullable String bearer(@Nullable String header) {
        if (header == null) {
            return null;
        }
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
    }
}

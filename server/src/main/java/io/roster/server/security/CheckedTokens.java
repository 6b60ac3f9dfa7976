// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens say whose signature was found good, so that each request need not check it again. Known by their digests:
 * the tokens themselves are not kept, and how long a guess is compared tells nothing. Thread: any.
 */
final class CheckedTokens {

    /**
     * What a signed token says.
     *
     * @param fingerprint of the password that it was given for
     * @param expiresMs the time of day, milliseconds since 1970
     */
    record Claims(String subject, String fingerprint, long expiresMs) {}

    private final int most;
    private final Map<String, Claims> byDigest = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param most how many are remembered at once; past that all are forgotten, and checked when they are shown again
     */
    CheckedTokens(int most) {
        this.most = most;
    }

    /** What the token of this digest says; null if it was not checked, or has been forgotten. */
    @Nullable
    Claims find(String sha256) {
        return byDigest.get(sha256);
    }

    /** Remembers a token whose signature is good. */
    void add(String sha256, Claims claims) {
        if (byDigest.size() >= most) {
            byDigest.clear();
        }
        byDigest.put(sha256, claims);
    }

    int size() {
        return byDigest.size();
    }
}

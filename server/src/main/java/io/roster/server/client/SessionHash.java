// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the server keeps of a session's id: its SHA-256, in hexadecimal. Whoever sees it cannot take the session over, and
 * comparing it tells nothing of the id, however long that takes.
 */
public record SessionHash(String hex) {

    private static final int HEX_LENGTH = 64;

    public SessionHash {
        if (hex.length() != HEX_LENGTH) {
            throw new IllegalArgumentException("session hash: " + hex.length() + " characters (expected: 64)");
        }
    }

    /** The hash of an id, as a client presents it. */
    public static SessionHash of(byte[] id) {
        try {
            return new SessionHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

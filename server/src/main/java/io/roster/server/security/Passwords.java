// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hashes passwords, and checks them against their hashes: bcrypt, tens of milliseconds each. Thread: any that may wait. */
public final class Passwords {

    /** Bcrypt looks at no more. */
    private static final int LONGEST = 72;

    private static final int COST = 10;

    /** A check of more would hold up everybody who logs in. */
    private static final int MAX_COST = 15;

    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    /** What unknown users are checked against, so that they are found out no sooner than wrong passwords. */
    static final String NOBODYS = hash("nobody's");

    private Passwords() {}

    /**
     * The hash of a password, for the users file.
     *
     * @throws IllegalArgumentException if it is empty or longer than bcrypt looks at
     */
    public static String hash(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST) {
            throw new IllegalArgumentException("password: " + bytes.length + " bytes (expected: 1 to " + LONGEST + ")");
        }
        return new String(BCrypt.withDefaults().hash(COST, bytes), StandardCharsets.US_ASCII);
    }

    /** Whether a text is a hash that can be checked against in reasonable time. */
    static boolean isHash(String text) {
        Matcher hash = HASH.matcher(text);
        return hash.matches() && Integer.parseInt(hash.group(1)) <= MAX_COST;
    }

    static boolean match(String password, String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            return false;
        }
        return BCrypt.verifyer().verify(bytes, hash.getBytes(StandardCharsets.US_ASCII)).verified;
    }

    /** Takes as long as a check. */
    static void matchNobodys(String password) {
        boolean unused = match(password, NOBODYS);
    }
}

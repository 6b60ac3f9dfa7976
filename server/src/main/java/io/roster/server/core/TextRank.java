// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * A number for the beginning of a text that is smaller for a text that comes before another; texts of equal numbers have to
 * be compared themselves. Twelve characters of an address fit, so addresses are mostly told apart by it.
 */
final class TextRank {

    private static final int BITS = 5;
    private static final int CHARACTERS = 12;

    /** The places of characters that share theirs with others: what follows them tells nothing any more. */
    private static final int BEFORE_POINT = 1;

    private static final int POINT = 2;
    private static final int SLASH = 3;
    private static final int DIGITS = 4;
    private static final int COLON = 14;
    private static final int BEFORE_A = 15;
    private static final int LETTERS = 16;
    private static final int AFTER_F = 22;

    private TextRank() {}

    static long of(String text) {
        long rank = 0;
        int length = Math.min(text.length(), CHARACTERS);
        int at = 0;
        while (at < length) {
            int place = place(text.charAt(at));
            rank = (rank << BITS) | place;
            at++;
            if (place == BEFORE_POINT || place == BEFORE_A || place == AFTER_F) {
                break;
            }
        }
        return rank << (BITS * (CHARACTERS - at));
    }

    private static int place(char c) {
        if (c >= '0' && c <= '9') {
            return DIGITS + c - '0';
        }
        if (c >= 'a') {
            return c <= 'f' ? LETTERS + c - 'a' : AFTER_F;
        }
        if (c > '9') {
            return c == ':' ? COLON : BEFORE_A;
        }
        return c == '.' ? POINT : c == '/' ? SLASH : BEFORE_POINT;
    }
}

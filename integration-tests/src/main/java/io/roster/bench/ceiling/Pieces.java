// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

/**
 * A message made before: what differs from answer to answer stands in the head, the rest is shared.
 *
 * @param head its first bytes
 * @param tail the others
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, read by the marshaller only.
record Pieces(byte[] head, byte[] tail) {

    private static final byte[] NONE = new byte[0];

    static Pieces of(byte[] whole) {
        return new Pieces(NONE, whole);
    }

    int length() {
        return head.length + tail.length;
    }
}

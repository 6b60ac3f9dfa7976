// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

/**
 * A message that was encoded before: its bytes are a head and a tail, so that a list that was encoded once can go out
 * behind different heads. Immutable; shared by streams and threads.
 */
public final class EncodedMessage {

    private static final byte[] NONE = new byte[0];

    private final byte[] head;
    private final byte[] tail;

    /** The two parts are not copied: nobody may change them. */
    public EncodedMessage(byte[] head, byte[] tail) {
        this.head = head;
        this.tail = tail;
    }

    /** A message in one part, which is not copied. */
    public static EncodedMessage of(byte[] whole) {
        return new EncodedMessage(NONE, whole);
    }

    /** Read by the marshaller only, which does not change it. */
    byte[] head() {
        return head;
    }

    /** Read by the marshaller only, which does not change it. */
    byte[] tail() {
        return tail;
    }

    public int length() {
        return head.length + tail.length;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

/**
 * A message that was encoded before: its bytes are a head and a tail, so that a list that was encoded once can go out
 * behind different heads. Immutable; shared by streams and threads.
 */
final class EncodedMessage {

    private static final byte[] NONE = new byte[0];

    private final byte[] head;
    private final byte[] tail;

    EncodedMessage(byte[] head, byte[] tail) {
        this.head = head;
        this.tail = tail;
    }

    static EncodedMessage of(byte[] whole) {
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

    int length() {
        return head.length + tail.length;
    }
}

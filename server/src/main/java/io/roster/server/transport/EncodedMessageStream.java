// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Hands an encoded message to gRPC: its length is known and its bytes are copied once. Used by one thread. */
final class EncodedMessageStream extends InputStream implements KnownLength, Drainable {

    private final EncodedMessage message;
    private int position;

    EncodedMessageStream(EncodedMessage message) {
        this.message = message;
    }

    @Override
    public int available() {
        return message.length() - position;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        if (position > 0) {
            throw new IOException("drain: " + position + " bytes were read before (expected: none)");
        }
        target.write(message.head());
        target.write(message.tail());
        position = message.length();
        return position;
    }

    @Override
    public int read() {
        if (available() == 0) {
            return -1;
        }
        int at = position++;
        byte[] head = message.head();
        return (at < head.length ? head[at] : message.tail()[at - head.length]) & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        byte[] part = position < message.head().length ? message.head() : message.tail();
        int from = position < message.head().length ? position : position - message.head().length;
        int count = Math.min(length, part.length - from);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(part, from, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public String toString() {
        return Arrays.toString(message.head()) + " and " + message.tail().length + " bytes";
    }
}

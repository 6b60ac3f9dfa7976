// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands messages made before to gRPC in one copy. Thread: any. */
final class PiecesMarshaller implements MethodDescriptor.Marshaller<Pieces> {

    @Override
    public InputStream stream(Pieces message) {
        return new PiecesStream(message);
    }

    @Override
    public Pieces parse(InputStream stream) {
        throw new UnsupportedOperationException("a server does not read its own answers");
    }

    /** gRPC drains it; nothing reads it byte by byte. */
    private static final class PiecesStream extends InputStream implements KnownLength, Drainable {

        private final Pieces message;
        private boolean drained;

        PiecesStream(Pieces message) {
            this.message = message;
        }

        @Override
        public int available() {
            return drained ? 0 : message.length();
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            target.write(message.head());
            target.write(message.tail());
            drained = true;
            return message.length();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public int read() throws IOException {
            throw new IOException("read (expected: drain)");
        }
    }
}

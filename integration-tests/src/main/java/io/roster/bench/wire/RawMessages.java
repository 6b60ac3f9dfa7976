// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Lets messages through as the bytes they are, so that neither side spends time on objects nobody asked for. */
public final class RawMessages implements MethodDescriptor.Marshaller<byte[]> {

    public static final RawMessages INSTANCE = new RawMessages();

    private RawMessages() {}

    /** A method whose messages are bytes both ways. */
    public static MethodDescriptor<byte[], byte[]> method(MethodDescriptor.MethodType type, String fullName) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(fullName)
                .setRequestMarshaller(INSTANCE)
                .setResponseMarshaller(INSTANCE)
                .build();
    }

    @Override
    public InputStream stream(byte[] message) {
        return new RawMessageStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            byte[] message = new byte[stream.available()];
            int length = stream.readNBytes(message, 0, message.length);
            if (length != message.length) {
                throw new IOException("message: " + length + " bytes (expected: " + message.length + ')');
            }
            return message;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

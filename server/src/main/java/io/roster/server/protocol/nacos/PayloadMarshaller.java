// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.roster.proto.nacos.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads envelopes. gRPC would end a stream over bytes that are no envelope; here they become an empty one, which is
 * refused like any other of unknown type. Thread: any.
 */
final class PayloadMarshaller implements MethodDescriptor.Marshaller<Payload> {

    @Override
    public Payload parse(InputStream stream) {
        try {
            // From bytes: parsing from a stream would take a buffer of 4 KiB for each message.
            return Payload.parseFrom(stream.readNBytes(stream.available()));
        } catch (InvalidProtocolBufferException unreadable) {
            return Payload.getDefaultInstance();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public InputStream stream(Payload message) {
        return message.toByteString().newInput();
    }
}

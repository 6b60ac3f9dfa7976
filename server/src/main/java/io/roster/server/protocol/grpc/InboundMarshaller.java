// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.roster.proto.v1.ClientMessage;
import io.roster.server.core.RegistryException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what clients say on their stream. gRPC ends a stream whose message cannot be parsed or is over its limit; here such
 * a message becomes a refusal, and the stream goes on. Thread: any.
 */
final class InboundMarshaller implements MethodDescriptor.Marshaller<Inbound> {

    private final int maxBytes;

    InboundMarshaller(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public Inbound parse(InputStream stream) {
        try {
            int length = stream.available();
            if (length > maxBytes) {
                return new Inbound.Unreadable(
                        requestIdIn(stream),
                        RegistryException.exhausted(
                                "max-message-bytes", maxBytes, "the message has " + length + "; send smaller batches"));
            }
            // From bytes: parsing from a stream would take a buffer of 4 KiB for each message.
            return new Inbound.Message(ClientMessage.parseFrom(stream.readNBytes(length)));
        } catch (InvalidProtocolBufferException failure) {
            long requestId = failure.getUnfinishedMessage() instanceof ClientMessage read ? read.getRequestId() : 0;
            return new Inbound.Unreadable(
                    requestId,
                    RegistryException.invalid("message", String.valueOf(failure.getMessage()), "a ClientMessage"));
        } catch (IOException failure) {
            return new Inbound.Unreadable(
                    0,
                    RegistryException.invalid("message", String.valueOf(failure.getMessage()), "a readable message"));
        }
    }

    /** The first field of a message is its request id, if the client writes fields in order, as all do. */
    private static long requestIdIn(InputStream stream) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(stream, 64);
        return input.readTag() >>> 3 == ClientMessage.REQUEST_ID_FIELD_NUMBER ? input.readUInt64() : 0;
    }

    @Override
    public InputStream stream(Inbound message) {
        throw new UnsupportedOperationException("a server does not write client messages");
    }
}

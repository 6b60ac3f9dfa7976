// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import java.io.InputStream;

/** Writes what the server says: protobuf messages, or messages that were encoded before. Thread: any. */
public final class OutboundMarshaller implements MethodDescriptor.Marshaller<Object> {

    private final MethodDescriptor.Marshaller<Message> messages;

    public OutboundMarshaller(Message type) {
        this.messages = ProtoUtils.marshaller(type);
    }

    @Override
    public InputStream stream(Object message) {
        return message instanceof EncodedMessage encoded
                ? new EncodedMessageStream(encoded)
                : messages.stream((Message) message);
    }

    @Override
    public Object parse(InputStream stream) {
        return messages.parse(stream);
    }
}

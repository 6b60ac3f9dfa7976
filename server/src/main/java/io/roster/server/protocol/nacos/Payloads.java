// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import io.roster.server.transport.EncodedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Puts JSON into the envelope. The JSON may come in two parts, of which the second is shared and not copied. */
final class Payloads {

    private static final byte[] NONE = new byte[0];

    /** The field of {@code google.protobuf.Any} that holds the JSON; the other one stays empty. */
    private static final int VALUE = 2;

    private Payloads() {}

    /** An object in an envelope. */
    static EncodedMessage of(String type, Json.Fields fields) {
        return of(type, NONE, Json.object(fields));
    }

    static EncodedMessage of(String type, byte[] first, byte[] rest) {
        Metadata metadata = Metadata.newBuilder().setType(type).build();
        int jsonSize = first.length + rest.length;
        int valueSize =
                CodedOutputStream.computeTagSize(VALUE) + CodedOutputStream.computeUInt32SizeNoTag(jsonSize) + jsonSize;
        int size = CodedOutputStream.computeMessageSize(Payload.METADATA_FIELD_NUMBER, metadata)
                + CodedOutputStream.computeTagSize(Payload.BODY_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(valueSize)
                + valueSize;
        byte[] head = new byte[size - rest.length];
        CodedOutputStream output = CodedOutputStream.newInstance(head);
        try {
            output.writeMessage(Payload.METADATA_FIELD_NUMBER, metadata);
            output.writeTag(Payload.BODY_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(valueSize);
            output.writeTag(VALUE, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(jsonSize);
            output.writeRawBytes(first);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new EncodedMessage(head, rest);
    }
}

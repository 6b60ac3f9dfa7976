// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ceiling server is told to say: the messages that a real server answers one kind of request with.
 *
 * @param kind what the wire calls this kind of request, or {@link #PUSH}
 * @param hasSlots whether an answer repeats the slot of its request
 * @param messages what to send
 */
public record Lesson(int kind, boolean hasSlots, List<byte[]> messages) {

    /** Not an answer: what every subscriber of a service is sent when somebody registers in it. */
    public static final int PUSH = 0;

    /** The method by which lessons arrive. */
    public static final String METHOD = "roster.bench.Ceiling/Teach";

    /** As it goes over the wire. */
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeInt(kind);
            output.writeBoolean(hasSlots);
            output.writeInt(messages.size());
            for (byte[] message : messages) {
                output.writeInt(message.length);
                output.write(message);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Lesson decode(byte[] encoded) {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(encoded))) {
            int kind = input.readInt();
            boolean hasSlots = input.readBoolean();
            int count = input.readInt();
            List<byte[]> messages = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                messages.add(input.readNBytes(input.readInt()));
            }
            return new Lesson(kind, hasSlots, messages);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

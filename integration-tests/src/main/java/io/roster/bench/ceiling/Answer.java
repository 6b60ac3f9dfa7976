// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.roster.bench.wire.NativeFrame;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that one kind of request is answered with, ready to be sent for every slot. Immutable. */
final class Answer {

    /** Messages up to this length are kept whole for each slot; of longer ones the slots share all but the head. */
    private static final int WHOLE_BYTES = 256;

    private final List<List<Pieces>> bySlot = new ArrayList<>();

    Answer(Lesson lesson) {
        int slots = lesson.hasSlots() ? Wire.MAX_SLOTS : 0;
        for (int slot = 0; slot <= slots; slot++) {
            List<Pieces> prepared = new ArrayList<>(lesson.messages().size());
            for (byte[] message : lesson.messages()) {
                prepared.add(lesson.hasSlots() ? prepare(message, slot, prepared.size(), bySlot) : Pieces.of(message));
            }
            bySlot.add(prepared);
        }
    }

    private static Pieces prepare(byte[] message, int slot, int index, List<List<Pieces>> before) {
        int position = NativeFrame.slotPosition(message);
        if (position == 0) {
            return Pieces.of(message);
        }
        if (message.length <= WHOLE_BYTES) {
            byte[] whole = message.clone();
            whole[position] = (byte) slot;
            return Pieces.of(whole);
        }
        byte[] head = Arrays.copyOf(message, position + 1);
        head[position] = (byte) slot;
        byte[] tail = before.isEmpty()
                ? Arrays.copyOfRange(message, position + 1, message.length)
                : before.get(0).get(index).tail();
        return new Pieces(head, tail);
    }

    List<Pieces> to(int slot) {
        return bySlot.get(slot);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.roster.bench.wire.NativeFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a server that does nothing has been taught to say. Thread: any. */
final class Ceiling {

    private final List<CeilingLoop> loops;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private volatile @Nullable Pieces push;

    Ceiling(List<CeilingLoop> loops) {
        this.loops = loops;
    }

    void learn(Lesson lesson) {
        if (lesson.kind() == Lesson.PUSH) {
            push = Pieces.of(lesson.messages().get(0));
        } else {
            answers.put(lesson.kind(), new Answer(lesson));
        }
    }

    /** The loop that the caller runs on. */
    CeilingLoop here() {
        return loops.stream().filter(CeilingLoop::inLoop).findFirst().orElse(loops.get(0));
    }

    /** What a request on a native stream is answered with. */
    List<Pieces> answerTo(byte[] request) {
        return answer(NativeFrame.kindOf(request), NativeFrame.slotOfRequest(request));
    }

    /**
     * What a request is answered with.
     *
     * @param slot 0 where the wire has none
     */
    List<Pieces> answer(int kind, int slot) {
        Answer answer = answers.get(kind);
        return answer == null ? List.of() : answer.to(slot);
    }

    /** Tells the subscribers of a service, if there is something to tell. */
    void tell(Supplier<ByteBuffer> service) {
        Pieces message = push;
        if (message != null) {
            ByteBuffer name = service.get();
            loops.forEach(loop -> loop.run(() -> loop.tell(name, message)));
        }
    }
}

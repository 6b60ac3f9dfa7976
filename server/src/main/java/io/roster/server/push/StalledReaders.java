// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The streams of one push loop that have something to be told and do not read, and for how long already. Time is counted in
 * rounds: while the server itself stands still nobody grows any older. Confined to the push loop, but for {@link #gaveUp}.
 */
public final class StalledReaders {

    private final Map<Pipe, Long> waitedMs = new HashMap<>();
    private final AtomicLong gaveUp = new AtomicLong();

    StalledReaders() {}

    /** A pipe was not ready for what there is to say; repeating it changes nothing. */
    public void waits(Pipe pipe) {
        waitedMs.putIfAbsent(pipe, 0L);
    }

    /** A pipe has become ready, or has ended. */
    public void reads(Pipe pipe) {
        if (!waitedMs.isEmpty()) {
            waitedMs.remove(pipe);
        }
    }

    /** A round has passed: ends the streams that have not read for {@code limitMs}. */
    public void pass(long periodMs, long limitMs) {
        waitedMs.replaceAll((pipe, ms) -> ms + periodMs);
        List<Pipe> over = new ArrayList<>();
        waitedMs.forEach((pipe, ms) -> {
            if (ms >= limitMs) {
                over.add(pipe);
            }
        });
        for (Pipe pipe : over) {
            waitedMs.remove(pipe);
            gaveUp.incrementAndGet();
            pipe.giveUp("it has not read for " + limitMs + " ms (stalled-reader-limit)");
        }
    }

    /** How many streams do not read now. */
    public int count() {
        return waitedMs.size();
    }

    /** How many streams were ended because they did not read. Any thread. */
    long gaveUp() {
        return gaveUp.get();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;

/** What happened, in order of time; only ever added to. Bounded: what comes when it is full makes it unusable. Any thread. */
public final class History {

    /** About 200 bytes each, and an hour of a round's traffic. */
    private static final int MOST = 500_000;

    private final long startNs = System.nanoTime();
    /** Guarded by this. */
    private final List<Event> events = new ArrayList<>();

    /** Notes something that is about to be done, or was just seen. */
    public void add(LongFunction<Event> event) {
        add(event.apply(nowNs()));
    }

    /** Notes what carries its time. */
    public synchronized void add(Event event) {
        if (events.size() == MOST) {
            throw new IllegalStateException("events: one more than " + MOST);
        }
        events.add(event);
    }

    /** Since the beginning. */
    public long nowNs() {
        return System.nanoTime() - startNs;
    }

    /** So far. */
    public synchronized List<Event> events() {
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparingLong(Event::atNs));
        return sorted;
    }

    /** Writes it for people, an event a line. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, events().stream().map(Object::toString).toList());
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The sessions of one push loop, looked at once a second. Confined to that loop, but for its start and end. */
final class SessionRound {

    private static final long PERIOD_MS = 1_000;

    /** A round this late comes from a loop that stood still: what clients said meanwhile may not have been read yet. */
    private static final long LATE_MS = 2 * PERIOD_MS;

    /** Sessions that are told of it in one go when the server has settled. */
    private static final int SLICE = 100;

    private final EventLoop loop;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final EventLoop.Timer timer;
    private long lastMs;

    SessionRound(EventLoop loop) {
        this.loop = loop;
        this.lastMs = loop.nowMs();
        this.timer = loop.every(PERIOD_MS, this::look);
    }

    void enter(Session session) {
        assert loop.inLoop();
        sessions.add(session);
    }

    void leave(Session session) {
        assert loop.inLoop();
        sessions.remove(session);
    }

    private void look() {
        long nowMs = loop.nowMs();
        boolean late = nowMs - lastMs >= LATE_MS;
        lastMs = nowMs;
        if (!late) {
            new ArrayList<>(sessions).forEach(session -> session.look(nowMs));
        }
    }

    /** The server has settled: sends the lists that have waited for that. Any thread. */
    void settle() {
        loop.execute(() -> settle(new ArrayList<>(sessions), 0));
    }

    private void settle(List<Session> all, int from) {
        int until = Math.min(from + SLICE, all.size());
        all.subList(from, until).forEach(Session::settle);
        if (until < all.size()) {
            loop.execute(() -> settle(all, until));
        }
    }

    /** What callers may do has changed. Any thread. */
    void checkAgain() {
        loop.execute(() -> new ArrayList<>(sessions).forEach(Session::checkAgain));
    }

    /** Asks every client to go elsewhere. Any thread. */
    void reset() {
        timer.cancel();
        loop.execute(() -> new ArrayList<>(sessions).forEach(Session::reset));
    }
}

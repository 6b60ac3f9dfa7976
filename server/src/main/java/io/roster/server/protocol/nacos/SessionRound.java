// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** The sessions of one push loop, looked at once a second. Confined to that loop, but for its start and end. */
final class SessionRound {

    private static final long PERIOD_MS = 1_000;

    /** A round this late comes from a loop that stood still: what clients said meanwhile may not have been read yet. */
    private static final long LATE_MS = 2 * PERIOD_MS;

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

    /** Asks every client to go elsewhere. Any thread. */
    void reset() {
        timer.cancel();
        loop.execute(() -> new ArrayList<>(sessions).forEach(Session::reset));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Heartbeat;
import io.roster.proto.v1.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats for all that a client publishes, as often as the server or the hastiest instance asks; one beat at a time. Loop only. */
final class Heartbeats implements SessionUser {
    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final long DEFAULT_INTERVAL_MS = 5_000;
    private static final long MIN_INTERVAL_MS = 100;

    private final Loop loop;
    private final Intents intents;
    private final Restorer restorer;
    private final String namespace;
    private @Nullable Session session;
    private Loop.@Nullable Timer next;
    private long intervalMs;
    private boolean isUnanswered;

    Heartbeats(Loop loop, Intents intents, Restorer restorer, String namespace) {
        this.loop = loop;
        this.intents = intents;
        this.restorer = restorer;
        this.namespace = namespace;
        intents.whenAdded(this::hurry);
    }

    @Override
    public void onReady(Session ready) {
        onLost();
        session = ready;
        isUnanswered = false;
        scheduleNext(ready);
    }

    @Override
    public void onLost() {
        session = null;
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /** What was added may have to beat before the next beat is due. */
    private void hurry() {
        if (session != null && next != null && intervalMs(session) < intervalMs) {
            next.cancel();
            scheduleNext(session);
        }
    }

    private void scheduleNext(Session ready) {
        intervalMs = intervalMs(ready);
        next = loop.schedule(intervalMs, () -> beat(ready));
    }

    private void beat(Session ready) {
        scheduleNext(ready);
        if (intents.size() > 0 && !isUnanswered) {
            isUnanswered = true;
            ready.send(ClientMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()), this::onReply);
        }
    }

    private void onReply(Reply reply) {
        isUnanswered = false;
        if (reply.getCode() == Reply.Code.NOT_FOUND) {
            restorer.restore(reply.getNotRegisteredList(), namespace);
        } else if (reply.getCode() != Reply.Code.OK) {
            log.warn("heartbeat refused: {}", Wire.inWords(reply));
        }
    }

    private long intervalMs(Session ready) {
        long askedMs = ready.welcome().getHeartbeatIntervalMs();
        return Math.max(intents.beatIntervalMs(askedMs > 0 ? askedMs : DEFAULT_INTERVAL_MS), MIN_INTERVAL_MS);
    }
}

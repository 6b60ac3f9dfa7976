// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

/**
 * Judges whether a client is still there. One that has said nothing for 20 s is asked; one that does not answer within 5 s
 * is gone. Anything it says counts as an answer. Confined to the session's loop.
 */
final class Liveness {

    private static final long IDLE_MS = 20_000;
    private static final long ANSWER_MS = 5_000;

    /** What is to be done about a client. */
    enum Verdict {
        KEEP,
        ASK,
        SILENT
    }

    private long askedMs;
    private boolean asked;

    Verdict judge(long nowMs, long heardMs) {
        if (nowMs - heardMs < IDLE_MS) {
            asked = false;
            return Verdict.KEEP;
        }
        if (!asked) {
            asked = true;
            askedMs = nowMs;
            return Verdict.ASK;
        }
        return nowMs - askedMs < ANSWER_MS ? Verdict.KEEP : Verdict.SILENT;
    }
}

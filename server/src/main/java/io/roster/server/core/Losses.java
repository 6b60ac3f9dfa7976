// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one service has lost lately: how many instances are expected, how many are there, and which claims are held in place
 * of being lost. A service that loses nothing has none. Confined to the shard's loop.
 */
final class Losses {

    private final Totals totals;
    private final long windowMs;

    /** Claims that are shown as if nothing had happened, in the order in which they would have gone. */
    private final Set<Registration> held = new LinkedHashSet<>();

    /** Keys whose newest claim is neither silent nor held. */
    private int present;

    /** What was present when losing began or came since, stepping down to what is present: never below it. */
    private double expected;

    /** The most that was expected; a window is what it takes to step down from there to nothing. */
    private double peak;

    private boolean kept;
    private long lettingGoMs;

    /** Whether the log has said that claims are held, and how many of them went in the end. */
    boolean announced;

    int letGo;

    Losses(Totals totals, long windowMs, int present) {
        this.totals = totals;
        this.windowMs = windowMs;
        this.present = present;
        this.expected = present;
        this.peak = present;
    }

    int present() {
        return present;
    }

    double expected() {
        return expected;
    }

    /** How many instances look as if they were there. */
    int shown() {
        return present + held.size();
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    List<Registration> held() {
        return List.copyOf(held);
    }

    int heldCount() {
        return held.size();
    }

    void hold(Registration claim) {
        if (held.add(claim)) {
            totals.held(1);
        }
    }

    void release(Registration claim) {
        if (held.remove(claim)) {
            totals.held(-1);
            kept &= !held.isEmpty();
        }
    }

    /** A key has changed. */
    void moved(boolean wasPresent, boolean isPresent) {
        present += (isPresent ? 1 : 0) - (wasPresent ? 1 : 0);
        expected = Math.max(expected, present);
        peak = Math.max(peak, expected);
    }

    /** Some were taken back: nobody expects them any more. */
    void expectFewer(int count) {
        expected = Math.max(present, expected - count);
    }

    /** Time has passed: a little less is expected. */
    void pass(long elapsedMs) {
        lettingGoMs = Math.max(0, lettingGoMs - elapsedMs);
        if (!kept) {
            expected = Math.max(present, expected - peak * elapsedMs / windowMs);
        }
    }

    /** An operator has decided. */
    void decide(LossDecision decision) {
        kept = decision == LossDecision.KEEP;
        lettingGoMs = decision == LossDecision.REMOVE ? windowMs : 0;
    }

    boolean isKept() {
        return kept;
    }

    boolean isLettingGo() {
        return lettingGoMs > 0;
    }

    /** Whether there is nothing left to remember. */
    boolean isOver() {
        return held.isEmpty() && lettingGoMs == 0 && expected <= present;
    }
}

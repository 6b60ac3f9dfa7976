// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/** A round of health checks that is due. Runs on the loop that owns what it checks. */
public interface HealthCheckTask extends Runnable {

    /** Names the task in the log. */
    String name();

    /** When the round should have run, on the loop's clock. */
    long plannedAtMs();

    /** When it does run. */
    long nowMs();

    /** When the server began to listen to anybody. */
    long listeningSinceMs();

    /** The round was held back. */
    void onSkipped(Verdict.Skip skip);
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

/** Runs tasks one after another; the state of a client belongs to its loop. A task that throws is logged, no more. */
interface Loop {
    /** Any thread. False if the loop has stopped and will not run the task. */
    boolean execute(Runnable task);

    /** Runs the task once, in so many milliseconds, unless it is cancelled or the loop stops before. */
    Timer schedule(long delayMs, Runnable task);

    /** Any thread. Whether the caller is one of the loop's tasks. */
    boolean inLoop();

    /** What was scheduled. */
    interface Timer {
        /** No effect if the task has run. */
        void cancel();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.loop;

/**
 * One thread, one mailbox, one clock: whoever owns state is owned by a loop, and others post commands to it.
 *
 * <p>Commands run one at a time in the order they were posted. A command that throws is logged and the loop goes on.
 * All methods may be called from any thread.
 */
public interface EventLoop {

    /** Whether the caller runs on this loop. */
    boolean inLoop();

    /** Posts a command that must not be lost, such as a release; never refused. */
    void execute(Runnable command);

    /** Runs a command that must not be lost: at once if the caller is on this loop, else by posting it. */
    default void run(Runnable command) {
        if (inLoop()) {
            command.run();
        } else {
            execute(command);
        }
    }

    /**
     * Posts a command on behalf of a client.
     *
     * @return false if the mailbox is full; the command was not taken
     */
    boolean offer(Runnable command);

    /** The loop's monotonic clock in milliseconds; its origin means nothing. */
    long nowMs();

    /** Runs a command once, {@code delayMs} from now. */
    Timer after(long delayMs, Runnable command);

    /** Runs a command every {@code periodMs}, the first time one period from now. */
    Timer every(long periodMs, Runnable command);

    /** A pending run of a command. */
    interface Timer {
        /** Makes later runs not happen; repeating it changes nothing. */
        void cancel();
    }
}

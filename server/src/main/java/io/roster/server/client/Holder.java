// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

/** The stream that keeps a client alive; a client has at most one at a time. */
public interface Holder {

    /**
     * Another stream has the client now: ends this one without taking anything back, and runs a task once it can say nothing
     * more in the client's name. Called at most once. Any thread.
     */
    void giveWay(Runnable then);
}

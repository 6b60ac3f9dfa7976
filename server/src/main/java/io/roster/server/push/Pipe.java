// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

/** The sending end of one stream. Called on its loop only. */
public interface Pipe {

    /** Whether a message sent now would leave soon, rather than wait in memory for a slow reader. */
    boolean isReady();

    /** Ends the stream, whose peer has not read for too long. */
    void giveUp(String reason);

    /** Sends what the stream's {@link Encoder} has made. */
    void send(Object message);
}

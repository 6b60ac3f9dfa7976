// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

/** What arrives on a {@link Link}; called on its loop. */
public interface LinkListener {

    /** The answer to the request in a slot. */
    void onReply(int slot, byte[] message);

    /** Something the server says unasked. */
    void onPush(byte[] message);

    /** The link has ended, by whichever side. */
    void onEnd(String reason);
}

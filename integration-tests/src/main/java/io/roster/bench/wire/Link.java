// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;

/** One client's conversation with a server on a connection of its own, whatever the wire. Thread: its loop, unless said. */
public interface Link {

    /** The loop that owns it. Any thread. */
    EventLoop loop();

    /** Sends a request made by the link's wire; its slot must be free. The bytes may be used again at once. */
    void send(byte[] request, int slot);

    /** Ends with a TCP reset. Any thread. */
    void reset();

    /** Stops reading and answering without ending. Any thread. */
    void freeze();

    /** Ends well. Any thread. */
    void close();
}

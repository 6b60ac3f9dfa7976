// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

/** What hears the server speak unasked. Called on the client's loop. */
@FunctionalInterface
public interface PushListener {

    /** For those who do not listen. */
    PushListener NONE = (client, message) -> {};

    void onPush(BenchClient client, byte[] message);
}

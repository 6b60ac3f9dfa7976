// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.Crowd;
import io.roster.bench.result.Measurement;
import io.roster.bench.wire.ClientLoops;
import io.roster.bench.wire.Wire;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured.
 *
 * @param name what reports call it
 * @param pid its process, 0 if it is not known
 * @param launcher starts another like it, or null if the harness did not start it and must not look inside
 */
public record Subject(
        String name,
        Wire wire,
        InetSocketAddress address,
        ClientLoops loops,
        long pid,
        @Nullable Launcher launcher) {

    /** The name of the server that does nothing. */
    public static final String CEILING = "ceiling";

    /** Whether it does nothing, and must be taught what to answer. */
    boolean isCeiling() {
        return name.equals(CEILING);
    }

    /** Whether the harness started it. */
    boolean isOurs() {
        return launcher != null;
    }

    /** A crowd of clients with nobody in it yet. */
    Crowd crowd() {
        return crowd(1);
    }

    /** The same, whose clients share connections. */
    Crowd crowd(int streamsPerConnection) {
        return new Crowd(wire, address, loops, streamsPerConnection);
    }

    Measurement measurement(Crowd crowd) {
        return new Measurement(pid, crowd.traffic());
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;

/** One thing to do in a round. */
sealed interface Step {

    /** From the beginning of the round. */
    long atMs();

    record Register(long atMs, String publisher, String service, Address address, double weight) implements Step {}

    record Deregister(long atMs, String publisher, String service, Address address) implements Step {}

    /** A publisher says goodbye; another takes its place with its next operation. */
    record Leave(long atMs, String publisher) implements Step {}

    /** A program of its own publishes until it is killed. */
    record RunProgram(long atMs, String name, String service, Address address, long lifeMs) implements Step {}

    /** Something happens to the link of a client or a subscriber. */
    record Break(long atMs, String client, Trouble trouble, long lengthMs) implements Step {}

    /** A subscriber does not read. */
    record Stall(long atMs, String subscriber, long lengthMs) implements Step {}

    /** Some come who speak no gRPC. */
    record Visit(long atMs, int strangers, long lengthMs) implements Step {}

    /** The server is killed, and started again after a while. */
    record KillServer(long atMs, long downMs) implements Step {}

    /** The server is stopped in its tracks for a while. */
    record PauseServer(long atMs, long lengthMs) implements Step {}
}

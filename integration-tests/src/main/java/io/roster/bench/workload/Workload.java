// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.wire.Wire;

/** Something to measure. */
public interface Workload {

    /** The name by which it is asked for. */
    String name();

    /** Connects clients to a server and brings it to where rounds can begin. */
    Trial prepare(Subject subject, Plan plan);

    /** How many instances the lists have that it asks for. */
    default int listLength(Plan plan) {
        return 1;
    }

    /** Whether a wire can do what it takes. */
    default boolean runsOver(Wire wire) {
        return wire.hasPushes() || !hasPushes();
    }

    /** Whether it can be measured only on a server that the harness starts. */
    default boolean needsLauncher() {
        return false;
    }

    /** Whether subscribers must hear of changes. */
    default boolean hasPushes() {
        return false;
    }

    /** Whether a server that does nothing can stand beside it. */
    default boolean hasCeiling() {
        return true;
    }

    /** Whether its subscribers have the lists already. */
    default boolean isResuming() {
        return false;
    }

    /** Whether it takes so much of the machine that the two servers must come one after the other. */
    default boolean isExclusive() {
        return false;
    }

    /** Rounds that count, unless somebody says otherwise. */
    default int rounds() {
        return 5;
    }

    /** Rounds before those, unless somebody says otherwise. */
    default int warmup(Plan plan) {
        return 3;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.concurrent.atomic.AtomicLong;

/** What all shards hold together. Thread: any; the sums may lag a command that is under way. */
final class Totals {

    private final AtomicLong services = new AtomicLong();
    private final AtomicLong claims = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong massLosses = new AtomicLong();

    long services() {
        return services.get();
    }

    void services(int more) {
        services.addAndGet(more);
    }

    long claims() {
        return claims.get();
    }

    void claims(int more) {
        claims.addAndGet(more);
    }

    /** Claims that would be lost but for the guard. */
    long held() {
        return held.get();
    }

    void held(int more) {
        held.addAndGet(more);
    }

    /** How often a service began to lose too much, since the start. */
    long massLosses() {
        return massLosses.get();
    }

    void massLoss() {
        massLosses.incrementAndGet();
    }
}

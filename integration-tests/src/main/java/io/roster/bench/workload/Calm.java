// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchException;
import java.util.concurrent.TimeUnit;

/** Lets a server finish what it does of its own accord after a beginning. */
final class Calm {

    /** Nacos tells new subscribers the list once more 500 ms after they subscribed. */
    private static final long MS = 1_000;

    private Calm() {}

    static void await() {
        try {
            TimeUnit.MILLISECONDS.sleep(MS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interruption);
        }
    }
}

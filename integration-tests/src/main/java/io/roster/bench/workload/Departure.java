// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;

/** How a client goes without saying so. */
enum Departure {
    /** Its connection is reset. */
    RESET {
        @Override
        void of(BenchClient client) {
            client.reset();
        }
    },
    /** Its connection stays and is silent. */
    SILENCE {
        @Override
        void of(BenchClient client) {
            client.freeze();
        }
    };

    abstract void of(BenchClient client);
}

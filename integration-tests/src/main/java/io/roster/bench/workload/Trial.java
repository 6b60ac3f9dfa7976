// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.result.Round;

/** A workload made ready on one server. Used by one thread. */
public interface Trial extends AutoCloseable {

    /** Runs one round. */
    Round run();

    @Override
    void close();
}

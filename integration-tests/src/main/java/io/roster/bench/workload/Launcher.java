// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.process.ServerProcess;

/** Starts servers of one kind. */
@FunctionalInterface
public interface Launcher {

    /** Starts one and does not wait for it; the caller ends it. */
    ServerProcess launch();
}

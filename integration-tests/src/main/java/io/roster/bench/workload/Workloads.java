// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.wire.Wire;
import java.util.List;
import java.util.Optional;

/** All workloads, in the order in which {@code all} runs them. */
public final class Workloads {

    private static final List<Workload> ALL = List.of(
            new RegisterWorkload(),
            new HeartbeatWorkload(),
            new QueryWorkload(),
            new FanoutWorkload(),
            new ChurnWorkload(),
            new IdleWorkload(),
            VanishingWorkload.kill(),
            VanishingWorkload.freeze(),
            new ReconnectWorkload(),
            new StartupWorkload(),
            new MillionWorkload());

    private Workloads() {}

    public static List<Workload> all() {
        return ALL;
    }

    /** Those that can be measured over a wire, and on a server that the harness starts or else does not. */
    public static List<Workload> over(Wire wire, boolean launched) {
        return ALL.stream()
                .filter(workload -> workload.runsOver(wire))
                .filter(workload -> launched || !workload.needsLauncher())
                .toList();
    }

    public static Optional<Workload> named(String name) {
        return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
    }
}

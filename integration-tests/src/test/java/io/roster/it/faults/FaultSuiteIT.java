// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.it.faults.Plan.ServerFault;
import io.roster.it.history.Violation;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises of a single node, with everything broken that can be: the short form. */
@Isolated // Its bounds are times.
class FaultSuiteIT {

    private static final long SEED =
            Long.getLong("roster.fault.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final Path TARGET = Path.of("target");

    @ParameterizedTest
    @EnumSource(names = {"KILL", "PAUSE"})
    void everyPromiseIsKeptWhileThingsBreak(ServerFault serverFault) throws Exception {
        Plan plan = Plan.of(
                SEED, new Plan.Options(12_000, serverFault, 350, 2_500, serverFault == ServerFault.PAUSE, false));
        System.out.println("fault suite: -Droster.fault.seed=" + SEED + ' ' + plan.options());
        Report report = Round.run(plan);
        System.out.println("fault suite: " + report.inWords());
        if (!report.violations().isEmpty()) {
            String words = report.violations().stream()
                    .limit(20)
                    .map(Violation::toString)
                    .collect(Collectors.joining("\n"));
            assertThat(report.violations())
                    .as("-Droster.fault.seed=%s, history and plan in %s:%n%s", SEED, report.write(TARGET), words)
                    .isEmpty();
        }
    }
}

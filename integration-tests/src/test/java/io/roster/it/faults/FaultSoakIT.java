// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roster.it.faults.Plan.ServerFault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The long form: rounds with one seed after the other for so many minutes, and one line of figures at the end. */
@EnabledIfSystemProperty(named = "roster.soak.minutes", matches = "\\d+")
class FaultSoakIT {

    private static final long LONGEST_MINUTES = 24 * 60;
    private static final long FIRST_SEED =
            Long.getLong("roster.fault.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final List<ServerFault> SERVER_FAULTS = List.of(ServerFault.values());
    private static final Path TARGET = Path.of("target");

    /** Confined to the test's thread, as is the next. */
    private final Map<String, Long> faults = new TreeMap<>();

    private final Map<String, Long> figures = new LinkedHashMap<>();

    @Test
    @Timeout(value = 25, unit = TimeUnit.HOURS)
    void everyPromiseIsKeptForAsLongAsOneLikes() throws Exception {
        long minutes = Math.min(Long.getLong("roster.soak.minutes", 5), LONGEST_MINUTES);
        long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        long round = 0;
        for (boolean isLast = false; !isLast; round++) {
            // A round takes less than a minute.
            isLast = endNs - System.nanoTime() < TimeUnit.MINUTES.toNanos(2);
            ServerFault serverFault = SERVER_FAULTS.get((int) (round % SERVER_FAULTS.size()));
            Plan.Options options = new Plan.Options(20_000, serverFault, 250, 2_500, isSecured(round), isLast);
            Report report = Round.run(Plan.of(FIRST_SEED + round, options));
            System.out.println("fault soak: " + report.inWords());
            if (!report.violations().isEmpty()) {
                System.out.println("fault soak: see " + report.write(TARGET));
                report.violations().stream().limit(10).forEach(System.out::println);
            }
            add(report);
        }
        System.out.println(line(minutes, round));
        assertThat(figures.get("violations")).as("violations").isZero();
    }

    /** Every second round, and each fault of the server with and without. */
    private static boolean isSecured(long round) {
        return (round + round / SERVER_FAULTS.size()) % 2 == 1;
    }

    private void add(Report report) {
        report.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        figures.merge("operations", (long) report.operations(), Long::sum);
        figures.merge("acknowledged", (long) report.acknowledged(), Long::sum);
        figures.merge("lists", (long) report.lists(), Long::sum);
        figures.merge("guarded_lists", report.guardedLists(), Long::sum);
        figures.merge("violations", (long) report.violations().size(), Long::sum);
    }

    private String line(long minutes, long rounds) throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("soak", "faults");
        line.put("minutes", minutes);
        line.put("first_seed", FIRST_SEED);
        line.put("rounds", rounds);
        line.put("faults", faults);
        line.putAll(figures);
        return new JsonMapper().writeValueAsString(line);
    }
}

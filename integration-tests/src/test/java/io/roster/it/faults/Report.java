// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of a round. */
record Report(Plan plan, History history, List<String> serverOutput, List<Violation> violations) {

    /** How often each kind of thing was broken. */
    Map<String, Long> faults() {
        return all(Event.Fault.class).stream()
                .collect(Collectors.groupingBy(Event.Fault::kind, TreeMap::new, Collectors.counting()));
    }

    int operations() {
        return all(Event.Invoked.class).size();
    }

    int acknowledged() {
        return all(Event.Acknowledged.class).size();
    }

    /** Every list that anybody was given. */
    int lists() {
        return all(Event.Told.class).size()
                + all(Event.Kept.class).size()
                + all(Event.Answered.class).size();
    }

    /** How many of them said that their service has lost too much at once, and that some of it stays listed. */
    long guardedLists() {
        return all(Event.Told.class).stream()
                .filter(told -> told.listing().isGuarded())
                .count();
    }

    private <E extends Event> List<E> all(Class<E> kind) {
        return history.events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** One line. */
    String inWords() {
        return "seed " + plan.seed() + " (" + plan.options().serverFault()
                + (plan.options().isSecured() ? ", secured): " : "): ") + operations() + " operations ("
                + acknowledged() + " acknowledged), faults " + faults() + ", " + lists() + " lists checked, "
                + guardedLists() + " of them guarded, "
                + violations.size() + " violations";
    }

    /** Writes the history, the plan, the violations and what the server printed into one file; where. */
    Path write(Path folder) throws IOException {
        Path file = folder.resolve("fault-history-" + plan.seed() + ".txt");
        history.write(file);
        List<String> lines = new ArrayList<>();
        lines.add("plan:");
        plan.steps().forEach(step -> lines.add("  " + step));
        lines.add("violations:");
        violations.forEach(violation -> lines.add("  " + violation));
        lines.add("the server:");
        serverOutput.forEach(line -> lines.add("  " + line));
        Files.write(file, lines, java.nio.file.StandardOpenOption.APPEND);
        return file;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.convergence.Violations;
import io.roster.bench.convergence.Watchers;
import io.roster.bench.load.Crowd;
import java.util.stream.IntStream;

/**
 * How soon others see that clients are gone which did not say goodbye. The services keep instances of a client that stays,
 * so that what is told is a change and not an empty list.
 */
final class VanishingWorkload implements Workload {

    private static final int SERVICES = 10;
    private static final int STAYING = 10;

    private final String name;
    private final int clients;
    private final int warmup;
    private final int rounds;
    private final Departure departure;

    private VanishingWorkload(String name, int clients, int warmup, int rounds, Departure departure) {
        this.name = name;
        this.clients = clients;
        this.warmup = warmup;
        this.rounds = rounds;
        this.departure = departure;
    }

    /** Connections that are reset. A round is short: it takes many until both programs are compiled. */
    static Workload kill() {
        return new VanishingWorkload("kill", 100, 60, 15, Departure.RESET);
    }

    /** Connections that stay open and say nothing more. */
    static Workload freeze() {
        return new VanishingWorkload("freeze", 20, 0, 1, Departure.SILENCE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean hasPushes() {
        return true;
    }

    @Override
    public boolean hasCeiling() {
        return false;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public int warmup(Plan plan) {
        return warmup;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        int services = plan.services(SERVICES);
        int subscribers = plan.subscribers(10);
        Stock.publish(crowd, services, STAYING);
        Violations violations = new Violations();
        Vanished vanished = new Vanished(crowd.wire(), violations);
        Watchers.seat(
                crowd,
                IntStream.range(0, services).mapToObj(Names::service).toList(),
                subscribers,
                subscribers,
                violations,
                vanished::by);
        return new VanishingTrial(
                subject,
                crowd,
                vanished,
                departure,
                new VanishingTrial.Size(plan.clients(clients), services, subscribers, services * STAYING));
    }
}

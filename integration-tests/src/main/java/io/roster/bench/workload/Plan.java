// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.wire.Wire;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How much of everything: what was said on the command line, else what the workload itself thinks right. Remembers what was
 * asked of it, so that a report can say with what a figure was measured. Used by one thread.
 */
public final class Plan {

    private final Map<String, String> used = new LinkedHashMap<>();

    @Option(
            names = "--clients",
            paramLabel = "COUNT",
            description = "Clients; each on a connection of its own, unless --share.")
    private @Nullable Integer clients;

    @Option(names = "--share", paramLabel = "COUNT", description = "Streams on one connection (idle).")
    private @Nullable Integer share;

    @Option(names = "--depth", paramLabel = "COUNT", description = "Requests of each client under way at once.")
    private @Nullable Integer depth;

    @Option(names = "--services", paramLabel = "COUNT", description = "Services.")
    private @Nullable Integer services;

    @Option(names = "--instances", paramLabel = "COUNT", description = "Instances: in all (register) or of a service.")
    private @Nullable Integer instances;

    @Option(names = "--subscribers", paramLabel = "COUNT", description = "Subscribers of each service.")
    private @Nullable Integer subscribers;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Open loop: so many operations a second, timed from when they were due.")
    private @Nullable Integer rate;

    @Option(names = "--rounds", paramLabel = "COUNT", description = "Rounds that count.")
    private @Nullable Integer rounds;

    @Option(names = "--warmup", paramLabel = "COUNT", description = "Rounds before those that count.")
    private @Nullable Integer warmup;

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "Length of a round, about.")
    private @Nullable Double seconds;

    @Option(names = "--weigh", description = "Weigh the server's heap after each round, not only at the end.")
    private boolean weighs;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Where chance begins. Default: 1.")
    private long seed = 1;

    /** For tests: a plan of small numbers. */
    static Plan of(int clients, int services, int instances, int subscribers, int rounds, double seconds) {
        Plan plan = new Plan();
        plan.clients = clients;
        plan.services = services;
        plan.instances = instances;
        plan.subscribers = subscribers;
        plan.rounds = rounds;
        plan.warmup = 0;
        plan.seconds = seconds;
        return plan;
    }

    int clients(int otherwise) {
        return say("clients", clients, otherwise, 1, 100_000);
    }

    int depth(int otherwise, Wire wire) {
        return say("depth", depth, Math.min(otherwise, wire.depth()), 1, wire.depth());
    }

    /** Streams on one connection. */
    int share(int otherwise) {
        return say("share", share, otherwise, 1, 100);
    }

    int services(int otherwise) {
        return say("services", services, otherwise, 1, 1_000_000);
    }

    int instances(int otherwise) {
        return say("instances", instances, otherwise, 1, 10_000_000);
    }

    int subscribers(int otherwise) {
        return say("subscribers", subscribers, otherwise, 0, 100_000);
    }

    /** 0 for a closed loop. */
    int rate(int otherwise) {
        return say("rate", rate, otherwise, 0, 10_000_000);
    }

    int rounds(int otherwise) {
        return say("rounds", rounds, otherwise, 1, 1_000);
    }

    int warmup(int otherwise) {
        return say("warmup", warmup, otherwise, 0, 1_000);
    }

    double seconds(double otherwise) {
        double value = seconds == null ? otherwise : seconds;
        used.put("seconds", String.valueOf(value));
        return value;
    }

    /** Whether the heap is to be weighed after each round. */
    boolean weighs() {
        return weighs;
    }

    long seed() {
        return seed;
    }

    /** What was asked for so far, with the values given. */
    public Map<String, String> used() {
        return new LinkedHashMap<>(used);
    }

    /** Forgets what was asked for. */
    public void forget() {
        used.clear();
    }

    private int say(String name, @Nullable Integer said, int otherwise, int least, int most) {
        int value = said == null ? otherwise : said;
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "--" + name + ": " + value + " (expected: " + least + " to " + most + ')');
        }
        used.put(name, String.valueOf(value));
        return value;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one service by smooth weighted round robin: each turn gives every candidate its weight, and the
 * richest is picked and pays what was given (nginx, ngx_http_upstream_round_robin.c). Over one round of weights each is
 * picked as often as its weight says, and as evenly spread as can be. Any thread.
 */
final class Balancer {
    private static final class Candidate {
        private final Instance instance;
        private double purse;

        Candidate(Instance instance, double purse) {
            this.instance = instance;
            this.purse = purse;
        }
    }

    private @Nullable InstanceList seen;
    private List<Candidate> candidates = List.of();

    /** The next healthy instance of the list; empty if there is none. */
    @SuppressWarnings(
            "ReferenceEquality") // Another list may have the same instances; then the candidates are made anew.
    synchronized Optional<Instance> next(InstanceList list) {
        if (list != seen) {
            candidates = candidates(list);
            seen = list;
        }
        Candidate richest = null;
        double given = 0;
        for (Candidate candidate : candidates) {
            candidate.purse += candidate.instance.weight();
            given += candidate.instance.weight();
            if (richest == null || candidate.purse > richest.purse) {
                richest = candidate;
            }
        }
        if (richest == null) {
            return Optional.empty();
        }
        richest.purse -= given;
        return Optional.of(richest.instance);
    }

    /** Who stays keeps its purse, so that a change of the list does not begin the round anew. */
    private List<Candidate> candidates(InstanceList list) {
        Map<InstanceKey, Double> purses = new HashMap<>();
        candidates.forEach(candidate -> purses.put(candidate.instance.key(), candidate.purse));
        List<Candidate> next = new ArrayList<>();
        for (Instance instance : list.select(true)) {
            next.add(new Candidate(instance, purses.getOrDefault(instance.key(), 0.0)));
        }
        return next;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Works out for each registration of a history when it may and when it must be seen. */
final class Claims {

    private final Chronicle chronicle;
    private final Rules rules;
    private final Map<Integer, Operation> operations;
    private final Map<String, List<Answered>> answers;

    private Claims(Chronicle chronicle, Rules rules) {
        this.chronicle = chronicle;
        this.rules = rules;
        this.operations = new TreeMap<>(chronicle.operations());
        this.answers = chronicle.all(Answered.class).collect(Collectors.groupingBy(Answered::service));
    }

    /** By service. */
    static Map<String, List<Claim>> of(Chronicle chronicle, Rules rules) {
        Claims claims = new Claims(chronicle, rules);
        List<Claim> alone = claims.operations.values().stream()
                .filter(Operation::isRegistration)
                .map(claims::claim)
                .toList();
        return alone.stream()
                .map(claim -> overlaid(claim, alone))
                .collect(Collectors.groupingBy(Claim::service, TreeMap::new, Collectors.toList()));
    }

    /** Another client's claim of the same address may be the one that is shown. */
    private static Claim overlaid(Claim claim, List<Claim> all) {
        List<Span> others = all.stream()
                .filter(other -> other.service().equals(claim.service())
                        && other.address().equals(claim.address())
                        && !other.operation().isOnTheSameAs(claim.operation()))
                .map(Claim::possible)
                .toList();
        List<Span> shown = claim.shown().stream()
                .flatMap(span -> span.without(others).stream())
                .toList();
        return new Claim(
                claim.operation(), claim.possible(), shown, claim.present(), others.isEmpty() ? claim.end() : null);
    }

    private Claim claim(Operation operation) {
        List<Operation> later = operations.values().stream()
                .filter(other -> other.isOnTheSameAs(operation)
                        && other.invoked().op() > operation.invoked().op()
                        && other.outcome() != Operation.Outcome.REFUSED)
                .toList();
        long askedNs = operation.invoked().atNs();
        if (operation.outcome() == Operation.Outcome.REFUSED) {
            return new Claim(operation, new Span(askedNs, askedNs), List.of(), List.of(), null);
        }
        String client = operation.invoked().client();
        Optional<Operation> end = later.stream()
                .findFirst()
                .filter(Operation::isDone)
                .filter(next -> splits(client, askedNs).noneMatch(at -> at <= next.answeredNs()))
                .filter(next -> chronicle.lives().stream()
                        .noneMatch(life -> life.isWarm()
                                && life.span().fromNs() > next.answeredNs()
                                && life.span().fromNs() - rules.staleNs() < next.answeredNs()));
        return new Claim(
                operation,
                new Span(askedNs, latestEnd(operation, later)),
                certain(
                        operation,
                        later.stream().mapToLong(next -> next.invoked().atNs())),
                certain(
                        operation,
                        later.stream()
                                .filter(next -> !next.isRegistration())
                                .mapToLong(next -> next.invoked().atNs())),
                end.orElse(null));
    }

    private long latestEnd(Operation operation, List<Operation> later) {
        String client = operation.invoked().client();
        long askedNs = operation.invoked().atNs();
        long end = Math.min(gone(client, chronicle.leftNs(client)), gone(client, chronicle.lostNs(client)));
        for (Operation next : later) {
            if (next.isDone()) {
                boolean isSound = splits(client, askedNs).noneMatch(at -> at <= next.answeredNs());
                end = Math.min(end, isSound ? next.answeredNs() + 1 : lastTrace(client, next.answeredNs()));
                break;
            }
        }
        boolean diesWithTheServer = chronicle.lifetime(client) == Lifetime.STREAM;
        for (Life life : chronicle.lives()) {
            long start = life.span().fromNs();
            if (start > askedNs && life.isWarm() && end > start - rules.staleNs()) {
                long probation = Span.later(start, rules.probationNs());
                end = diesWithTheServer ? lastTrace(client, probation) : Math.max(end, lastTrace(client, probation));
            } else if (start > askedNs && diesWithTheServer) {
                end = Math.min(end, start);
            }
        }
        return end;
    }

    /** When nothing can be left of a client that went at this time. */
    private long gone(String client, long atNs) {
        return atNs == Span.FOREVER ? Span.FOREVER : lastTrace(client, atNs);
    }

    /** When even what was held back on another connection has come and gone. */
    private long lastTrace(String client, long atNs) {
        if (chronicle.lifetime(client) == Lifetime.BEATS) {
            return extended(client, atNs, rules.silenceNs());
        }
        boolean isSaid = !chronicle.isKilled(client)
                && troubles(client, atNs - rules.departureNs()).count() == 0;
        long grace = isSaid ? 0 : chronicle.graceNs(client);
        return extended(client, atNs, rules.departureNs() + grace);
    }

    /** A bound does not run while the server is stopped or the client's last words are held back. */
    private long extended(String client, long atNs, long boundNs) {
        long end = Span.later(atNs, boundNs);
        for (int round = 0; round < 3; round++) {
            for (Span trouble : chronicle.troubles(client)) {
                if (trouble.meets(new Span(atNs - rules.aftermathNs(), end))) {
                    end = Math.max(end, Span.later(trouble.untilNs(), boundNs));
                }
            }
            for (Span pause : chronicle.pauses()) {
                // Whoever goes shortly after the server went on is given the time of one who went while it stood still.
                if (pause.meets(new Span(atNs - rules.aftermathNs() - rules.forgivenNs(), end))) {
                    long late = Math.max(atNs, pause.untilNs());
                    end = Math.max(end, Span.later(late, boundNs + rules.forgivenNs()));
                }
            }
        }
        return end;
    }

    /** From its acknowledgement, or from when it was seen in sound times, to the first thing that may undo it. */
    private List<Span> certain(Operation operation, LongStream ends) {
        String client = operation.invoked().client();
        long undone = LongStream.concat(ends, LongStream.of(chronicle.leftNs(client)))
                .min()
                .orElse(Span.FOREVER);
        List<Span> spans = new ArrayList<>();
        long covered = Long.MIN_VALUE;
        if (operation.isDone()) {
            long until = Math.min(undone, soundUntil(client, operation.invoked().atNs()));
            spans.add(new Span(operation.answeredNs(), until));
            covered = until;
        }
        if (chronicle.lifetime(client) != Lifetime.STREAM) {
            for (Answered answer : answers.getOrDefault(operation.invoked().service(), List.of())) {
                long sinceNs = answer.askedNs() - rules.departureNs();
                long until = Math.min(undone, soundUntil(client, sinceNs));
                if (!operation.isDone()) {
                    until = Math.min(
                            until, firstBreak(client, operation.invoked().atNs()));
                }
                if (answer.atNs() > covered
                        && until > answer.atNs()
                        && splits(client, sinceNs).noneMatch(at -> at <= answer.atNs())
                        && answer.listing().instances().stream().anyMatch(operation::says)) {
                    spans.add(new Span(answer.atNs(), until));
                    covered = until;
                }
            }
        }
        return spans.stream().filter(span -> !span.isEmpty()).toList();
    }

    /**
     * When, from then on, a client may first open another stream, be it within its grace: it takes back there what it was
     * never answered and has given up.
     */
    private long firstBreak(String client, long sinceNs) {
        return chronicle.troubles(client).stream()
                .filter(trouble -> Span.later(trouble.untilNs(), rules.aftermathNs()) >= sinceNs)
                .mapToLong(Span::fromNs)
                .min()
                .orElse(Span.FOREVER);
    }

    /** Until when nothing can take away what a client has had since then. */
    private long soundUntil(String client, long sinceNs) {
        long undone = disturbances(client, sinceNs).min().orElse(Span.FOREVER);
        if (chronicle.lifetime(client) != Lifetime.BEATS) {
            return undone;
        }
        long down = downs(sinceNs).min().orElse(Span.FOREVER);
        return Math.min(down, Span.later(undone, rules.earliestSilenceNs()));
    }

    /** When, from then on, something may first take effect that disturbs a client; what still went on counts as then. */
    private LongStream disturbances(String client, long sinceNs) {
        long grace = Math.max(0, chronicle.graceNs(client) - rules.graceSlackNs());
        return LongStream.concat(
                troubles(client, sinceNs).mapToLong(trouble -> Math.max(sinceNs, trouble.fromNs() + grace)),
                beyondItsLink(sinceNs));
    }

    /** When, from then on, something begins that may split what a client says over two connections. */
    private LongStream splits(String client, long sinceNs) {
        return LongStream.concat(
                troubles(client, sinceNs).mapToLong(trouble -> Math.max(sinceNs, trouble.fromNs())),
                beyondItsLink(sinceNs));
    }

    private LongStream beyondItsLink(long sinceNs) {
        LongStream pauses = chronicle.pauses().stream()
                .filter(pause -> !rules.isPauseForgiven() && pause.untilNs() + rules.aftermathNs() >= sinceNs)
                .mapToLong(pause -> Math.max(sinceNs, pause.fromNs()));
        return LongStream.concat(pauses, downs(sinceNs));
    }

    /** What troubles a client from then on, but for what it got over within its grace: that must not be noticed by anyone. */
    private Stream<Span> troubles(String client, long sinceNs) {
        long grace = chronicle.graceNs(client) - rules.graceSlackNs();
        return chronicle.troubles(client).stream()
                .filter(trouble -> Span.later(trouble.untilNs(), rules.aftermathNs()) >= sinceNs)
                .filter(trouble -> grace <= 0
                        || !chronicle.isWellWithin(client, new Span(trouble.untilNs(), trouble.fromNs() + grace)));
    }

    private LongStream downs(long sinceNs) {
        return chronicle.lives().stream().mapToLong(Life::downNs).filter(at -> at != Span.FOREVER && at >= sinceNs);
    }
}

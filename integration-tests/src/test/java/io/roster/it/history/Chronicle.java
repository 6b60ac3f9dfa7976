// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.it.history.Event.Acknowledged;
import io.roster.it.history.Event.Calm;
import io.roster.it.history.Event.Invoked;
import io.roster.it.history.Event.Joined;
import io.roster.it.history.Event.Left;
import io.roster.it.history.Event.Lost;
import io.roster.it.history.Event.Refused;
import io.roster.it.history.Event.ServerDown;
import io.roster.it.history.Event.ServerPaused;
import io.roster.it.history.Event.ServerResumed;
import io.roster.it.history.Event.ServerUp;
import io.roster.it.history.Event.Troubled;
import io.roster.it.history.Event.Well;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A history put in order: the lives of the server, what disturbed whom, and the operations with their outcomes. Immutable. */
final class Chronicle {

    private final List<Event> events;
    private final List<Life> lives = new ArrayList<>();
    private final List<Span> pauses = new ArrayList<>();
    private final Map<String, List<Span>> troubles = new HashMap<>();
    private final Map<String, Lifetime> lifetimes = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, Long> graces = new HashMap<>();
    private final Map<String, List<Long>> wells = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Map<String, Long> lost = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private final Map<Integer, Operation> operations = new HashMap<>();

    Chronicle(List<Event> events) {
        this.events = List.copyOf(events);
        readLives();
        pauses.addAll(pairs(
                all(ServerPaused.class).map(Event::atNs).toList(),
                all(ServerResumed.class).map(Event::atNs).toList()));
        readTroubles();
        all(Joined.class).forEach(joined -> {
            lifetimes.put(joined.client(), joined.lifetime());
            places.put(joined.client(), joined.place());
            // A grace is for what lives by its stream: what lives by heartbeats goes when they fail to come.
            graces.put(joined.client(), joined.lifetime() == Lifetime.BEATS ? 0 : joined.graceNs());
        });
        all(Lost.class).forEach(each -> lost.putIfAbsent(each.client(), each.atNs()));
        all(Left.class).forEach(each -> left.putIfAbsent(each.client(), each.atNs()));
        all(Left.class).filter(each -> each.parting() == Parting.DEATH).forEach(each -> dead.add(each.client()));
        all(Well.class)
                .forEach(each -> wells.computeIfAbsent(each.client(), any -> new ArrayList<>())
                        .add(each.atNs()));
        readOperations();
    }

    private void readLives() {
        List<ServerUp> ups = all(ServerUp.class).toList();
        List<Long> downs = all(ServerDown.class).map(Event::atNs).toList();
        for (int i = 0; i < ups.size(); i++) {
            long next = i + 1 < ups.size() ? ups.get(i + 1).launchedNs() : Span.FOREVER;
            long from = ups.get(i).launchedNs();
            long down = downs.stream()
                    .filter(at -> at >= from && at < next)
                    .findFirst()
                    .orElse(Span.FOREVER);
            lives.add(new Life(
                    ups.get(i).epoch(), new Span(from, next), ups.get(i).isWarm(), down));
        }
    }

    private static List<Span> pairs(List<Long> begins, List<Long> ends) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            spans.add(new Span(begins.get(i), i < ends.size() ? ends.get(i) : Span.FOREVER));
        }
        return spans;
    }

    private void readTroubles() {
        List<String> troubled =
                all(Troubled.class).map(Troubled::place).distinct().toList();
        for (String place : troubled) {
            List<Long> begins = all(Troubled.class)
                    .filter(each -> each.place().equals(place))
                    .map(Event::atNs)
                    .toList();
            List<Long> ends = all(Calm.class)
                    .filter(each -> each.place().equals(place))
                    .map(Event::atNs)
                    .toList();
            troubles.put(place, pairs(begins, ends));
        }
    }

    private void readOperations() {
        all(Invoked.class).forEach(invoked -> put(invoked, Operation.Outcome.UNKNOWN, Span.FOREVER, 0, 0));
        all(Refused.class).forEach(each -> put(invoked(each.op()), Operation.Outcome.REFUSED, each.atNs(), 0, 0));
        all(Acknowledged.class)
                .forEach(each ->
                        put(invoked(each.op()), Operation.Outcome.DONE, each.atNs(), each.epoch(), each.revision()));
    }

    private Invoked invoked(int op) {
        return Objects.requireNonNull(operations.get(op), "an answer to what was never asked: " + op)
                .invoked();
    }

    private void put(Invoked invoked, Operation.Outcome outcome, long answeredNs, long epoch, long revision) {
        operations.put(invoked.op(), new Operation(invoked, outcome, answeredNs, epoch, revision));
    }

    /** The events of one kind, in order. */
    <E extends Event> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    List<Life> lives() {
        return lives;
    }

    List<Span> pauses() {
        return pauses;
    }

    /** What disturbed a client or a subscriber. */
    List<Span> troubles(String who) {
        return troubles.getOrDefault(places.getOrDefault(who, who), List.of());
    }

    Lifetime lifetime(String client) {
        return lifetimes.getOrDefault(client, Lifetime.STREAM);
    }

    /** For how long what a client publishes outlives its stream. */
    long graceNs(String client) {
        return graces.getOrDefault(client, 0L);
    }

    /** Whether a client was seen to be connected again within a time. */
    boolean isWellWithin(String client, Span span) {
        return wells.getOrDefault(client, List.of()).stream().anyMatch(span::contains);
    }

    /** Whether a client goes, or went, without a word. */
    boolean isKilled(String client) {
        return dead.contains(client);
    }

    /** When a client was seen to have lost its only stream; {@link Span#FOREVER} if it has not. */
    long lostNs(String client) {
        return lost.getOrDefault(client, Span.FOREVER);
    }

    /** When a client went for good; {@link Span#FOREVER} if it has not. */
    long leftNs(String client) {
        return left.getOrDefault(client, Span.FOREVER);
    }

    /** By number. */
    Map<Integer, Operation> operations() {
        return operations;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A history written by hand, in milliseconds: one service, and a server whose first life begins at 0 with epoch 1. */
final class Tale {

    static final String SERVICE = "orders";
    static final Rules RULES =
            Rules.ofMs(1_000, 8_000, 3_000, 500, 200, 500, 2_000).withWarmStarts(3_000, 2_000);

    /** What operations 1, 2 and 3 register, at hosts of these numbers. */
    static final Listed FIRST = listed(1, 1);

    static final Listed SECOND = listed(2, 2);
    static final Listed THIRD = listed(3, 3);

    private final List<Event> events = new ArrayList<>();

    Tale() {
        up(0, 1);
    }

    /** One client registers one instance, and one subscriber hears of it. */
    static Tale beginning() {
        return new Tale()
                .joined("p", Lifetime.RETURNING)
                .subscribed(10, "s", Hearing.COUNTED)
                .told(20, "s", 1)
                .registered(1_000, 1_020, 1, "p", 1, 2)
                .told(1_015, "s", 2, FIRST);
    }

    Tale up(long ms, long epoch) {
        return add(new Event.ServerUp(ns(ms) + 1, ns(ms), epoch, false));
    }

    Tale upWarm(long ms, long epoch) {
        return add(new Event.ServerUp(ns(ms) + 1, ns(ms), epoch, true));
    }

    Tale down(long ms) {
        return add(new Event.ServerDown(ns(ms)));
    }

    Tale paused(long fromMs, long untilMs) {
        return add(new Event.ServerPaused(ns(fromMs))).add(new Event.ServerResumed(ns(untilMs)));
    }

    Tale joined(String client, Lifetime lifetime) {
        return joined(client, lifetime, 0);
    }

    Tale joined(String client, Lifetime lifetime, long graceMs) {
        return add(new Event.Joined(1, client, client, lifetime, ns(graceMs)));
    }

    Tale well(long ms, String client) {
        return add(new Event.Well(ns(ms), client));
    }

    Tale killed(long ms, String client) {
        return add(new Event.Left(ns(ms), client, Parting.DEATH));
    }

    /** Asked at one time, acknowledged at another with a revision of epoch 1. */
    Tale registered(long ms, long ackMs, int op, String client, int host, long revision) {
        return asked(ms, op, client, host).add(new Event.Acknowledged(ns(ackMs), op, 1, revision));
    }

    Tale asked(long ms, int op, String client, int host) {
        return add(new Event.Invoked(ns(ms), op, client, SERVICE, address(host), listed(op, host)));
    }

    Tale deregistered(long ms, long ackMs, int op, String client, int host, long revision) {
        return add(new Event.Invoked(ns(ms), op, client, SERVICE, address(host), null))
                .add(new Event.Acknowledged(ns(ackMs), op, 1, revision));
    }

    Tale troubled(long fromMs, long untilMs, String place) {
        return add(new Event.Troubled(ns(fromMs), place, "cut")).add(new Event.Calm(ns(untilMs), place));
    }

    Tale left(long ms, String client) {
        return add(new Event.Left(ns(ms), client, Parting.GOODBYE));
    }

    Tale subscribed(long ms, String subscriber, Hearing hearing) {
        return add(new Event.Subscribed(ns(ms), subscriber, SERVICE, hearing));
    }

    Tale told(long ms, String subscriber, long revision, Listed... list) {
        return told(ms, subscriber, 1, revision, list);
    }

    Tale told(long ms, String subscriber, long epoch, long revision, Listed... list) {
        return add(new Event.Told(ns(ms), subscriber, SERVICE, listing(epoch, revision, list)));
    }

    Tale toldPlainly(long ms, String subscriber, Listed... list) {
        return add(new Event.Told(ns(ms), subscriber, SERVICE, Listing.plain(List.of(list))));
    }

    Tale kept(long ms, String subscriber, Listed... list) {
        return add(new Event.Kept(ns(ms), subscriber, SERVICE, List.of(list)));
    }

    /** Asked and answered within 10 ms. */
    Tale answered(long ms, long revision, Listed... list) {
        return add(new Event.Answered(ns(ms + 10), ns(ms), SERVICE, listing(1, revision, list)));
    }

    Tale settled(long quietMs, long ms) {
        return add(new Event.Quiet(ns(quietMs))).add(new Event.Settled(ns(ms)));
    }

    Tale add(Event event) {
        events.add(event);
        return this;
    }

    static Listing listing(long epoch, long revision, Listed... list) {
        return new Listing(
                epoch, revision, Arrays.stream(list).mapToLong(Listed::digest).sum(), false, List.of(list));
    }

    /** What operation number {@code op} has registered. */
    static Listed listed(int op, int host) {
        return new Listed(address(host), "DEFAULT", 1, true, Map.of(Listed.VERSION, Integer.toString(op)));
    }

    static Address address(int host) {
        return new Address("10.0.0." + host, 80);
    }

    static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** The promises found broken, each once. */
    List<Promise> broken() {
        return violations().stream().map(Violation::promise).distinct().sorted().toList();
    }

    List<Violation> violations() {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(Event::atNs));
        return new Checker(RULES).check(inOrder);
    }
}

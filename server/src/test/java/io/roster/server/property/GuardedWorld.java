// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.ClaimView;
import io.roster.server.core.Instance;
import io.roster.server.core.LossDecision;
import io.roster.server.core.View;
import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One service whose instances live by streams or by beats, and readers of it; the guard is as by default. */
final class GuardedWorld {

    static final int SIZE = 24;

    private static final String SERVICE = "s";
    private static final int MIN = 10;
    private static final long UNHEALTHY_MS = 15_000;

    private final House house = House.withLoops(2);
    private final Watcher watcher = new Watcher(house, List.of(SERVICE));
    private final Audience audience = new Audience(house);
    private final Beater beater = house.beater("b");

    /** Instances whose streams are open. */
    private final Map<Integer, Provider> streams = new TreeMap<>();

    /** When those that live by beats were last heard. */
    private final Map<Integer, Long> beats = new TreeMap<>();

    GuardedWorld() {
        house.loops().afterEachStep(watcher::look);
        audience.subscribe(0, SERVICE, View.ALL);
        audience.subscribe(1, SERVICE, View.ALL);
        audience.subscribe(2, SERVICE, View.of(List.of(), true));
        house.settle();
    }

    /** Streams come, in place of those that were there. */
    void come(int count, long seed) {
        for (int i : some(all(), count, seed)) {
            Provider provider = house.provider("p" + i);
            provider.registers(SERVICE, address(i));
            Provider former = streams.put(i, provider);
            if (former != null) {
                former.disconnects();
            }
        }
        house.settle();
    }

    /** Streams break, all at once. */
    void die(int count, long seed) {
        long present = healthy() - house.registry().heldLossCount();
        boolean counts = house.operator().heldLosses().stream().noneMatch(each -> each.expected() < MIN);
        for (int i : some(List.copyOf(streams.keySet()), count, seed)) {
            gone(i).disconnects();
        }
        house.settle();
        if (present >= MIN && counts && !decided) {
            assertThat(healthy()).as("of %s", present).isGreaterThanOrEqualTo(present / 2);
        }
    }

    /** Whether an operator has let losses through. */
    private boolean decided;

    void leave(int count, long seed) {
        for (int i : some(List.copyOf(streams.keySet()), count, seed)) {
            gone(i).leaves();
        }
        house.settle();
    }

    void beginToBeat(int count, long seed) {
        for (int i : some(all(), count, seed)) {
            beater.registers(SERVICE, address(i));
            beats.put(i, house.loops().nowMs());
        }
        house.settle();
    }

    /** Those that are still registered are heard. */
    void beat(int count, long seed) {
        for (int i : some(List.copyOf(beats.keySet()), count, seed)) {
            var answer = beater.beats(SERVICE, address(i));
            house.settle();
            if (answer.isOk()) {
                beats.put(i, house.loops().nowMs());
            } else {
                beats.remove(i);
            }
        }
    }

    void pass(long ms) {
        house.advance(ms);
    }

    void decide(boolean keep) {
        decided |= !keep;
        house.operator().resolves(SERVICE, keep ? LossDecision.KEEP : LossDecision.REMOVE);
        house.settle();
    }

    void check() {
        List<ClaimView> held = house.operator().claims(SERVICE).stream()
                .filter(ClaimView::isHeld)
                .toList();
        assertThat(house.registry().heldLossCount()).isEqualTo(held.size());
        assertThat(house.snapshot(SERVICE).isGuarded()).isEqualTo(!held.isEmpty());
        assertThat(held).as("a held claim is the one that is seen").allMatch(ClaimView::isNewest);
        Set<String> listed = new HashSet<>();
        shown().forEach(each -> listed.add(Words.text(each.key())));
        Set<String> there = new HashSet<>();
        streams.keySet().forEach(i -> there.add(address(i)));
        beats.forEach((i, heardMs) -> {
            if (house.loops().nowMs() - heardMs < UNHEALTHY_MS) {
                there.add(address(i));
            }
        });
        assertThat(listed).as("who is there is listed").containsAll(there);
        assertThat(shown().stream().filter(Instance::isHealthy).map(each -> Words.text(each.key())))
                .as("who is not there is held")
                .allMatch(each -> there.contains(each) || isHeld(held, each) || beats.containsKey(indexOf(each)));
        audience.check();
    }

    private static boolean isHeld(List<ClaimView> held, String address) {
        return held.stream()
                .anyMatch(
                        each -> Words.text(each.registration().instance().key()).equals(address));
    }

    /** All go, some without a word, and nobody decides anything more. */
    void end() {
        audience.leave();
        die(SIZE, 0);
        house.operator().resolves(SERVICE, LossDecision.KEEP);
        house.advance(120_000);
        house.operator().resolves(SERVICE, LossDecision.REMOVE);
        house.advance(120_000);
        assertThat(house.registry().claimCount()).as("claims").isZero();
        assertThat(house.registry().heldLossCount()).as("held").isZero();
        assertThat(house.registry().heldServiceCount()).as("services").isZero();
        assertThat(house.clients().count()).as("clients").isZero();
        assertThat(house.fanouts().subscriptions()).as("subscriptions").isZero();
        assertThat(house.stalledReaders()).as("stalled readers").isZero();
        house.loops().all().forEach(loop -> assertThat(loop.waiting()).isZero());
    }

    private Provider gone(int i) {
        return Objects.requireNonNull(streams.remove(i));
    }

    private long healthy() {
        return shown().stream().filter(Instance::isHealthy).count();
    }

    private List<Instance> shown() {
        return house.instances(SERVICE);
    }

    private static List<Integer> all() {
        return IntStream.range(0, SIZE).boxed().toList();
    }

    private static List<Integer> some(List<Integer> from, int count, long seed) {
        List<Integer> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    private static String address(int i) {
        return "10.0.0." + i + ":80";
    }

    private static int indexOf(String address) {
        return Integer.parseInt(address.substring("10.0.0.".length(), address.indexOf(':')));
    }
}

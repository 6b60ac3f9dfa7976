// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.View;
import io.roster.server.fixture.Answer;
import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import io.roster.server.property.Model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The server and the model side by side: each act is done to both, and from time to time they are compared. */
final class World {

    static final List<String> SERVICES = List.of("s1", "s2", "s3");
    static final List<String> ADDRESSES = List.of("10.0.0.1:80", "10.0.0.1:81", "10.0.0.2:80/east", "10.0.0.3:80");
    private static final int PROVIDERS = 3;
    private static final long SWEEP_MS = 5_000;

    private final House house;
    private final Random chance;
    private final Model model = new Model();
    private final Watcher watcher;
    private final List<Provider> providers = new ArrayList<>();
    private final Beater beater;
    private final Audience audience;
    private final List<Expected> expected = new ArrayList<>();
    private final long bornMs;
    private final int timersAtFirst;

    /** How a command should be answered. */
    private record Expected(String publisher, Answer answer, boolean isOk) {}

    World(int loops, long seed) {
        house = House.withLoops(loops);
        timersAtFirst = house.timers();
        chance = new Random(seed);
        watcher = new Watcher(house, SERVICES);
        house.loops().afterEachStep(watcher::look);
        for (int i = 0; i < PROVIDERS; i++) {
            providers.add(house.provider("p" + i));
        }
        beater = house.beater("b");
        audience = new Audience(house);
        bornMs = house.loops().nowMs();
    }

    Audience audience() {
        return audience;
    }

    void register(int who, String service, Instance instance) {
        Place place = new Place(service, instance.key());
        int turn = watcher.touch(place);
        String id = providers.get(who).client().id();
        model.register(id, service, instance, null);
        providers.get(who).registers(service, List.of(instance), () -> acknowledged(place, turn));
    }

    /** After the acknowledgement everybody sees what the model says, if nobody has said anything else meanwhile. */
    private void acknowledged(Place place, int turn) {
        Instance expected = model.list(place.service()).get(place.key());
        if (expected != null) {
            watcher.acknowledge(place, expected, turn);
        }
    }

    void deregister(int who, String service, String address) {
        Place place = new Place(service, Words.key(address));
        watcher.touch(place);
        String id = providers.get(who).client().id();
        boolean there = model.deregister(id, place);
        expected.add(new Expected(id, providers.get(who).deregisters(service, address), there));
    }

    void reconnect(int who) {
        String id = providers.get(who).client().id();
        model.disconnect(id).forEach(watcher::touch);
        expected.removeIf(each -> each.publisher.equals(id) && !each.answer.isDone());
        Provider before = providers.set(who, house.provider("p" + who));
        before.disconnects();
    }

    void publishByBeats(String service, Instance instance) {
        Place place = new Place(service, instance.key());
        int turn = watcher.touch(place);
        model.register(addressOf(place), service, instance, house.loops().nowMs());
        beater.registers(service, instance, () -> acknowledged(place, turn));
    }

    void beat(String service, String address) {
        Place place = new Place(service, Words.key(address));
        watcher.touch(place);
        expect(
                beater.beats(service, address),
                model.beat(addressOf(place), place, house.loops().nowMs()));
    }

    void withdraw(String service, String address) {
        Place place = new Place(service, Words.key(address));
        watcher.touch(place);
        expect(beater.deregisters(service, address), model.deregister(addressOf(place), place));
    }

    private static String addressOf(Place place) {
        InstanceKey key = place.key();
        return key.ip() + ':' + key.port();
    }

    void override(String service, String address, boolean enabled) {
        Place place = new Place(service, Words.key(address));
        watcher.touch(place);
        model.override(place, new InstanceOverride(enabled, null));
        if (enabled) {
            house.operator().enables(service, address);
        } else {
            house.operator().disables(service, address);
        }
    }

    void undo(String service, String address) {
        Place place = new Place(service, Words.key(address));
        watcher.touch(place);
        expect(house.operator().undoes(service, address), model.undo(place));
    }

    void step(int times) {
        for (int i = 0; i < times; i++) {
            house.loops().step(chance);
        }
    }

    void pass(long ms) {
        settle();
        long from = house.loops().nowMs() - bornMs;
        for (long round = from / SWEEP_MS + 1; round * SWEEP_MS <= from + ms; round++) {
            model.sweep(bornMs + round * SWEEP_MS).forEach(watcher::touch);
        }
        house.advance(ms);
        check();
    }

    /** Lets everything that is under way happen, in any order, and compares. */
    void settle() {
        house.loops().settle(chance);
        check();
    }

    private void check() {
        house.loops().settle(chance);
        for (String service : SERVICES) {
            assertThat(house.instances(service))
                    .as("the list of %s", service)
                    .containsExactlyElementsOf(model.list(service).values());
        }
        assertThat(house.registry().claimCount()).as("claims").isEqualTo(model.claimCount());
        audience.check();
    }

    private void expect(Answer answer, boolean isOk) {
        expected.add(new Expected("", answer, isOk));
    }

    /** Everybody leaves, time passes: nothing must be left. */
    void end() {
        settle();
        expected.forEach(each -> assertThat(each.answer.isOk()).isEqualTo(each.isOk));
        audience.readAll();
        settle();
        audience.checkAll();
        audience.leave();
        for (int i = 0; i < PROVIDERS; i++) {
            model.disconnect(providers.get(i).client().id()).forEach(watcher::touch);
            providers.get(i).disconnects();
        }
        model.overridden().forEach(place -> undo(place.service(), Words.text(place.key())));
        pass(120_000);
        assertThat(house.registry().claimCount()).as("claims").isZero();
        assertThat(house.registry().heldServiceCount()).as("services").isZero();
        assertThat(house.registry().serviceCount()).as("names").isZero();
        assertThat(house.clients().count()).as("clients").isZero();
        assertThat(house.fanouts().subscriptions()).as("subscriptions").isZero();
        assertThat(house.stalledReaders()).as("stalled readers").isZero();
        assertThat(house.timers()).as("timers").isEqualTo(timersAtFirst);
        house.loops()
                .all()
                .forEach(loop -> assertThat(loop.waiting()).as("mailbox").isZero());
    }

    static View view(int number) {
        return switch (number) {
            case 0 -> View.of(List.of("DEFAULT"), false);
            case 1 -> View.of(List.of(), true);
            default -> View.ALL;
        };
    }
}

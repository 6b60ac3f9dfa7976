// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import io.roster.server.core.Instance;
import io.roster.server.core.View;
import io.roster.server.fixture.Words;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What may happen to a server, each with words for the report of a failure. */
final class Acts {

    private Acts() {}

    /** One thing that happens. */
    record Act(String words, Consumer<World> act) {

        void on(World world) {
            act.accept(world);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static Arbitrary<List<Act>> lists() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, register()),
                        Tuple.of(3, deregister()),
                        Tuple.of(2, reconnect()),
                        Tuple.of(4, beating()),
                        Tuple.of(2, overriding()),
                        Tuple.of(3, subscribing()),
                        Tuple.of(3, reading()),
                        Tuple.of(6, stepping()),
                        Tuple.of(2, passing()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    private static Arbitrary<String> services() {
        return Arbitraries.of(World.SERVICES);
    }

    private static Arbitrary<String> addresses() {
        return Arbitraries.of(World.ADDRESSES);
    }

    private static Arbitrary<Integer> anyOf(int count) {
        return Arbitraries.integers().between(0, count - 1);
    }

    /** Some differ in metadata, some are unhealthy or disabled. */
    private static Arbitrary<Instance> instances() {
        return Combinators.combine(addresses(), anyOf(5)).as((address, kind) -> switch (kind) {
            case 0 -> Words.at(address).withHealthy(false);
            case 1 -> Words.at(address).withEnabled(false);
            case 2 -> Words.at(address, Map.of("version", "2"));
            default -> Words.at(address);
        });
    }

    private static Arbitrary<Act> register() {
        return Combinators.combine(anyOf(3), services(), instances())
                .as((who, service, instance) -> new Act(
                        "p" + who + " registers " + service + ' ' + instance,
                        world -> world.register(who, service, instance)));
    }

    private static Arbitrary<Act> deregister() {
        return Combinators.combine(anyOf(3), services(), addresses())
                .as((who, service, address) -> new Act(
                        "p" + who + " deregisters " + service + ' ' + address,
                        world -> world.deregister(who, service, address)));
    }

    private static Arbitrary<Act> reconnect() {
        return anyOf(3).map(who -> new Act("p" + who + " reconnects", world -> world.reconnect(who)));
    }

    private static Arbitrary<Act> beating() {
        return Combinators.combine(anyOf(4), services(), instances()).as((what, service, instance) -> {
            String address = Words.text(instance.key());
            return switch (what) {
                case 0 -> new Act("b beats " + service + ' ' + address, world -> world.beat(service, address));
                case 1 -> new Act("b withdraws " + service + ' ' + address, world -> world.withdraw(service, address));
                default ->
                    new Act(
                            "b registers " + service + ' ' + instance,
                            world -> world.publishByBeats(service, instance));
            };
        });
    }

    private static Arbitrary<Act> overriding() {
        return Combinators.combine(anyOf(3), services(), addresses())
                .as((what, service, address) -> what == 0
                        ? new Act("operator undoes " + service + ' ' + address, world -> world.undo(service, address))
                        : new Act(
                                "operator overrides " + service + ' ' + address + ' ' + (what == 1),
                                world -> world.override(service, address, what == 1)));
    }

    private static Arbitrary<Act> subscribing() {
        return Combinators.combine(anyOf(Audience.SIZE), services(), anyOf(4), anyOf(4))
                .as((who, service, number, what) -> {
                    View view = World.view(number);
                    String words = "r" + who + (what == 0 ? " unsubscribes " : " subscribes ") + service + ' ' + view;
                    return what == 0
                            ? new Act(words, world -> world.audience().unsubscribe(who, service, view))
                            : new Act(words, world -> world.audience().subscribe(who, service, view));
                });
    }

    private static Arbitrary<Act> reading() {
        return Combinators.combine(anyOf(Audience.SIZE), anyOf(4)).as((who, what) -> switch (what) {
            case 0 -> new Act("r" + who + " stalls", world -> world.audience().stall(who));
            case 1 ->
                new Act("r" + who + " takes one", world -> world.audience().take(who, 1));
            case 2 ->
                new Act("r" + who + " reconnects", world -> world.audience().reconnect(who));
            default -> new Act("r" + who + " reads", world -> world.audience().read(who));
        });
    }

    private static Arbitrary<Act> stepping() {
        return anyOf(6).map(times -> times == 0
                ? new Act("all settles", World::settle)
                : new Act(times + " steps", world -> world.step(times)));
    }

    private static Arbitrary<Act> passing() {
        return Arbitraries.longs()
                .between(1, 20)
                .map(seconds -> new Act(seconds + " s pass", world -> world.pass(seconds * 1_000)));
    }
}

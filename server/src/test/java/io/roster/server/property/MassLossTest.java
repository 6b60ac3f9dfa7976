// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * However instances die, say goodbye, fall silent and return: who is there is listed, who is listed without being there is
 * held and the list says so, one blow never takes more than half, and when all have gone and time has passed nothing is left.
 */
class MassLossTest {

    /** One thing that happens. */
    private record Act(String words, Consumer<GuardedWorld> act) {
        @Override
        public String toString() {
            return words;
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void nobodyIsLostWithoutReasonAndNothingIsLeft(@ForAll("acts") List<Act> acts) {
        GuardedWorld world = new GuardedWorld();
        for (Act act : acts) {
            act.act.accept(world);
            world.check();
        }
        world.end();
        assertThat(acts).isNotEmpty();
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, GuardedWorld.SIZE);
        Arbitrary<Long> seeds = Arbitraries.longs();
        return Arbitraries.frequencyOf(
                        Tuple.of(5, act(counts, seeds, "come", GuardedWorld::come)),
                        Tuple.of(5, act(counts, seeds, "die", GuardedWorld::die)),
                        Tuple.of(2, act(counts, seeds, "say goodbye", GuardedWorld::leave)),
                        Tuple.of(2, act(counts, seeds, "begin to beat", GuardedWorld::beginToBeat)),
                        Tuple.of(2, act(counts, seeds, "beat", GuardedWorld::beat)),
                        Tuple.of(4, counts.map(n -> new Act(n + " s pass", world -> world.pass(n * 1_000L)))),
                        Tuple.of(
                                1,
                                Arbitraries.of(true, false)
                                        .map(keep -> new Act(
                                                keep ? "operator keeps" : "operator removes",
                                                world -> world.decide(keep)))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** Something that happens to some of the instances. */
    @FunctionalInterface
    private interface Many {
        void happen(GuardedWorld world, int count, long seed);
    }

    private static Arbitrary<Act> act(Arbitrary<Integer> counts, Arbitrary<Long> seeds, String words, Many many) {
        return Combinators.combine(counts, seeds)
                .as((count, seed) -> new Act(count + " " + words, world -> many.happen(world, count, seed)));
    }
}

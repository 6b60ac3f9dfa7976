// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import io.roster.server.property.Acts.Act;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever happens in whatever order on one to three loops: the lists are those of a naive model, revisions grow by one with
 * each visible change and never otherwise, what was acknowledged is seen, every reader's list made of what it was told is the
 * true one, digest included, and when all have gone nothing is left.
 */
class InterleavingTest {

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void whateverHappensInWhateverOrderTheServerIsRight(
            @ForAll("acts") List<Act> acts, @ForAll @IntRange(min = 1, max = 3) int loops, @ForAll long seed) {
        World world = new World(loops, seed);
        acts.forEach(act -> act.on(world));
        world.end();
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Acts.lists();
    }
}

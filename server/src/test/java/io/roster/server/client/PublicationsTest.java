// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PublicationsTest {

    private final Publications publications = new Publications();

    /** One of a few that can be told apart. */
    private record Numbered(Object group, int number) implements Publication {}

    @Test
    void whatIsPublishedIsFoundByItsGroup() {
        Publication first = new Numbered("a", 1);
        Publication second = new Numbered("a", 2);
        Publication other = new Numbered("b", 1);
        publications.add(first);
        publications.add(second);
        publications.add(other);
        assertThat(publications.of("a")).containsExactlyInAnyOrder(first, second);
        assertThat(publications.of("b")).containsExactly(other);
        assertThat(publications.of("c")).isEmpty();
    }

    @Property(tries = 200)
    void isASetHoweverItsElementsComeAndGo(@ForAll long seed) {
        Publications grouped = new Publications();
        Set<Publication> plain = new LinkedHashSet<>();
        Random chance = new Random(seed);
        Numbered[] all = new Numbered[12];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Numbered("group " + i % 3, i);
        }
        for (int step = 0; step < 60; step++) {
            Publication one = all[chance.nextInt(all.length)];
            if (chance.nextBoolean()) {
                grouped.add(one);
                plain.add(one);
            } else {
                grouped.remove(one);
                plain.remove(one);
            }
            assertThat(grouped.count()).isEqualTo(plain.size());
            assertThat(grouped.all()).containsExactlyInAnyOrderElementsOf(plain);
            assertThat(grouped.of(one.group()))
                    .containsExactlyInAnyOrderElementsOf(plain.stream()
                            .filter(each -> each.group().equals(one.group()))
                            .toList());
        }
    }
}

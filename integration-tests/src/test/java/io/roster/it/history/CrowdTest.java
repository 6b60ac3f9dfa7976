// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import static io.roster.it.history.Tale.FIRST;
import static io.roster.it.history.Tale.SECOND;
import static io.roster.it.history.Tale.THIRD;
import static io.roster.it.history.Tale.beginning;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of many that are lost at once. */
class CrowdTest {

    /** Three that publish in one service, of which two are to stay listed whatever happens. */
    private static Tale crowd() {
        return beginning()
                .add(new Event.Crowd(2, Tale.SERVICE, 3, 2))
                .subscribed(10, "k", Hearing.KEEPING)
                .registered(2_000, 2_010, 2, "p", 2, 3)
                .told(2_020, "s", 3, FIRST, SECOND);
    }

    private static Tale wholeCrowd() {
        return crowd().registered(3_000, 3_010, 3, "p", 3, 4)
                .told(3_020, "s", 4, FIRST, SECOND, THIRD)
                .toldPlainly(3_030, "k", FIRST, SECOND, THIRD)
                .troubled(3_100, 9_000, "p");
    }

    @Test
    void aCrowdThatIsLostAtOnceStaysListedForTheMostPart() {
        assertThat(wholeCrowd().told(3_500, "s", 5, FIRST, SECOND).violations()).isEmpty();
        assertThat(wholeCrowd().told(3_500, "s", 5, FIRST).broken()).containsExactly(Promise.CROWD_KEPT);
        assertThat(wholeCrowd().answered(3_500, 5, FIRST).broken()).containsExactly(Promise.CROWD_KEPT);
    }

    @Test
    void aCrowdThatIsLostAtOnceStaysListedForThoseWhoKeepLists() {
        assertThat(wholeCrowd().toldPlainly(3_500, "k", FIRST, SECOND).violations())
                .isEmpty();
        assertThat(wholeCrowd().toldPlainly(3_500, "k", SECOND).broken()).containsExactly(Promise.CROWD_KEPT);
    }

    @Test
    void aListThatDiffersOnlyInItsFlagSaysSomethingNew() {
        Listing guarded = new Listing(
                1, 5, Tale.listing(1, 5, FIRST, SECOND, THIRD).digest(), true, List.of(FIRST, SECOND, THIRD));
        assertThat(wholeCrowd()
                        .add(new Event.Told(Tale.ns(3_500), "s", Tale.SERVICE, guarded))
                        .violations())
                .isEmpty();
        assertThat(wholeCrowd().told(3_500, "s", 5, FIRST, SECOND, THIRD).broken())
                .containsExactly(Promise.SILENT_WHEN_EQUAL);
    }

    @Test
    void aCrowdThatWasNeverWholeOrHasLeftIsNoCrowd() {
        assertThat(crowd().troubled(3_100, 9_000, "p")
                        .told(3_500, "s", 4, FIRST)
                        .violations())
                .isEmpty();
        assertThat(wholeCrowd().left(9_500, "p").told(9_510, "s", 5).violations())
                .isEmpty();
    }
}

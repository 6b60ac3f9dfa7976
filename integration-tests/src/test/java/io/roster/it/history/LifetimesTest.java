// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import static io.roster.it.history.Tale.FIRST;
import static io.roster.it.history.Tale.SECOND;
import static io.roster.it.history.Tale.beginning;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories of publishers that break, go and come back, and of servers that do: who must be listed, and who must not. */
class LifetimesTest {

    @Test
    void anInstanceRemovedThoughItsPublisherLives() {
        assertThat(beginning().told(9_000, "s", 3).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
        assertThat(beginning().troubled(8_000, 8_100, "p").told(9_000, "s", 3).violations())
                .isEmpty();
    }

    @Test
    void anInstanceThatStaysAfterItsPublisherLeft() {
        Tale soon = beginning().left(2_000, "p").told(2_900, "s", 3);
        assertThat(soon.violations()).isEmpty();
        Tale late = beginning().left(2_000, "p").answered(2_900, 2, FIRST);
        assertThat(late.violations()).isEmpty();
        assertThat(late.answered(3_500, 2, FIRST).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aBeatingInstanceRemovedBeforeItsTime() {
        Tale tale = new Tale()
                .joined("b", Lifetime.BEATS)
                .registered(1_000, 1_010, 1, "b", 1, 1)
                .troubled(5_000, 20_000, "b");
        assertThat(tale.answered(8_500, 2).violations()).isEmpty();
        assertThat(tale.answered(7_500, 2).broken()).contains(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aBeatingInstanceHasNoGraceWhateverItsClientAskedFor() {
        Tale tale = new Tale()
                .joined("b", Lifetime.BEATS, 5_000)
                .registered(1_000, 1_010, 1, "b", 1, 1)
                .troubled(5_000, 7_000, "b");
        assertThat(tale.answered(8_500, 2).violations()).isEmpty();
    }

    @Test
    void aCutConnectionThatComesBackWithinItsGraceIsNoExcuse() {
        Tale cut = new Tale()
                .joined("p", Lifetime.RETURNING, 5_000)
                .registered(1_000, 1_010, 1, "p", 1, 1)
                .troubled(2_000, 2_010, "p");
        assertThat(cut.answered(6_000, 2).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
        Tale away = new Tale()
                .joined("p", Lifetime.RETURNING, 5_000)
                .registered(1_000, 1_010, 1, "p", 1, 1)
                .troubled(2_000, 2_010, "p");
        assertThat(away.answered(7_000, 2).violations()).isEmpty();
        assertThat(away.well(3_000, "p").broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void whoIsKilledStaysForItsGraceAndWhoSaysGoodbyeDoesNot() {
        Tale killed = new Tale().joined("p", Lifetime.RETURNING, 5_000).registered(1_000, 1_010, 1, "p", 1, 1);
        assertThat(killed.killed(2_000, "p").answered(7_500, 1, FIRST).violations())
                .isEmpty();
        assertThat(killed.answered(8_500, 1, FIRST).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
        Tale goodbye = new Tale().joined("p", Lifetime.RETURNING, 5_000).registered(1_000, 1_010, 1, "p", 1, 1);
        assertThat(goodbye.left(2_000, "p").answered(3_500, 1, FIRST).broken())
                .containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aServerThatWasStoppedBlamesNobodyForIt() {
        assertThat(beginning().paused(2_000, 6_000).told(7_000, "s", 3).broken())
                .containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aConsumersGoodListEmptiedByARestart() {
        Tale kept = restart().kept(2_100, "k", FIRST).kept(2_900, "k", FIRST).toldPlainly(3_500, "k", FIRST);
        assertThat(kept.violations()).isEmpty();
        assertThat(restart().kept(2_900, "k").broken()).containsExactly(Promise.GOOD_LIST_KEPT);
        assertThat(restart().toldPlainly(2_900, "k").broken()).containsExactly(Promise.GOOD_LIST_KEPT);
        assertThat(restart().left(2_400, "p").toldPlainly(4_900, "k").violations())
                .isEmpty();
    }

    private static Tale restart() {
        return beginning()
                .subscribed(10, "k", Hearing.KEEPING)
                .toldPlainly(1_100, "k", FIRST)
                .down(2_000)
                .up(2_500, 2);
    }

    @Test
    void whatComesBackByAWarmStartAndIsNotClaimedAgainGoes() {
        Tale tale = beginning()
                .deregistered(1_500, 1_510, 3, "p", 1, 3)
                .told(1_520, "s", 3)
                .down(2_000)
                .upWarm(2_500, 2)
                .told(2_600, "s", 2, 1, FIRST);
        assertThat(tale.violations()).isEmpty();
        Event.Answered early = answered(4_600);
        assertThat(tale.add(early).violations()).isEmpty();
        assertThat(tale.add(answered(6_000)).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    private static Event.Answered answered(long ms) {
        return new Event.Answered(Tale.ns(ms + 10), Tale.ns(ms), Tale.SERVICE, Tale.listing(2, 1, FIRST));
    }

    @Test
    void aStreamThatEndedWithTheServerIsNotInItsNextLife() {
        Tale tale = beginning()
                .joined("h", Lifetime.STREAM)
                .registered(1_500, 1_510, 2, "h", 2, 3)
                .told(1_520, "s", 3, FIRST, SECOND)
                .down(2_000)
                .up(2_500, 2);
        assertThat(tale.told(3_000, "s", 2, 1, FIRST, SECOND).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    /** Seen, though nobody answered; then the stream breaks, and within its grace the client is there again. */
    @Test
    void whatWasNeverAnsweredMayBeTakenBackOnTheNextStream() {
        Tale tale = new Tale()
                .joined("p", Lifetime.RETURNING, 4_000)
                .subscribed(10, "s", Hearing.COUNTED)
                .told(20, "s", 1)
                .asked(1_000, 1, "p", 1)
                .add(new Event.Unanswered(Tale.ns(3_000), 1, "timeout"))
                .told(1_010, "s", 2, FIRST)
                .answered(1_100, 2, FIRST)
                .answered(1_200, 2, FIRST);
        assertThat(tale.told(1_500, "s", 3).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
        Tale broken = new Tale()
                .joined("p", Lifetime.RETURNING, 4_000)
                .subscribed(10, "s", Hearing.COUNTED)
                .told(20, "s", 1)
                .asked(1_000, 1, "p", 1)
                .add(new Event.Unanswered(Tale.ns(3_000), 1, "timeout"))
                .troubled(3_100, 3_200, "p")
                .well(3_500, "p")
                .told(3_010, "s", 2, FIRST)
                .answered(3_300, 2, FIRST)
                .answered(3_400, 2, FIRST);
        assertThat(broken.told(3_600, "s", 3).violations()).isEmpty();
    }
}

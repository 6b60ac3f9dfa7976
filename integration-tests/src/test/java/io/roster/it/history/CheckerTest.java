// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import static io.roster.it.history.Tale.FIRST;
import static io.roster.it.history.Tale.SECOND;
import static io.roster.it.history.Tale.beginning;
import static io.roster.it.history.Tale.listed;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.bench.wire.Listed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories of what a correct registry does, and of each way to break its word. */
class CheckerTest {

    @Test
    void aHistoryInWhichAllIsWellIsNotObjectedTo() {
        Tale tale = beginning()
                .answered(1_100, 2, FIRST)
                .registered(2_000, 2_010, 2, "p", 2, 3)
                .told(2_050, "s", 3, FIRST, SECOND)
                .deregistered(3_000, 3_010, 3, "p", 1, 4)
                .told(3_020, "s", 4, SECOND)
                .answered(5_000, 4, SECOND)
                .settled(4_900, 5_100)
                .left(6_000, "p")
                .told(6_010, "s", 5)
                .add(new Event.Emptied(Tale.ns(7_000), 0, 0, 0, 0, 0));
        assertThat(tale.violations()).isEmpty();
    }

    @Test
    void aRegistrationLostAfterItsAcknowledgement() {
        assertThat(beginning().told(1_500, "s", 3).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
        assertThat(beginning().answered(1_500, 3).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aListWithoutItWrittenAfterTheRevisionThatWasAcknowledged() {
        Tale tale = beginning()
                .registered(2_000, 2_500, 2, "p", 2, 3)
                .told(2_100, "s", 3, FIRST)
                .told(2_600, "s", 4, FIRST, SECOND);
        assertThat(tale.broken()).contains(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aListThatIsOldOnTheWayButWasTrueIsNoViolation() {
        Tale tale = beginning().subscribed(10, "slow", Hearing.COUNTED).troubled(500, 4_000, "slow");
        assertThat(tale.told(4_000, "slow", 1).told(4_001, "slow", 2, FIRST).violations())
                .isEmpty();
    }

    @Test
    void anAnswerThatWasTrueOnlyBeforeTheQuestion() {
        assertThat(beginning().answered(1_500, 1).broken()).contains(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void revisionsThatGoBackwards() {
        assertThat(beginning().told(1_500, "s", 1).broken()).contains(Promise.NEVER_BACKWARDS);
    }

    @Test
    void anEpochThatComesBack() {
        Tale tale = beginning()
                .down(2_000)
                .up(2_500, 2)
                .told(3_000, "s", 2, 1, FIRST)
                .told(3_100, "s", 1, 2, FIRST);
        assertThat(tale.broken()).contains(Promise.NEVER_BACKWARDS);
    }

    @Test
    void listsWithoutRevisionsWhoseMomentsGoBackwards() {
        Tale tale = beginning()
                .deregistered(2_000, 2_010, 3, "p", 1, 3)
                .told(2_020, "s", 3)
                .subscribed(10, "plain", Hearing.PLAIN)
                .toldPlainly(1_500, "plain", FIRST)
                .toldPlainly(2_500, "plain")
                .toldPlainly(2_600, "plain", FIRST);
        assertThat(tale.broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aListThatWasNeverTrueAsAWhole() {
        Tale tale = beginning()
                .deregistered(2_000, 2_010, 3, "p", 1, 3)
                .told(2_020, "s", 3)
                .registered(3_000, 3_010, 2, "p", 2, 4)
                .told(3_020, "s", 4, SECOND)
                .subscribed(10, "plain", Hearing.PLAIN)
                .toldPlainly(3_500, "plain", FIRST, SECOND);
        assertThat(tale.broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void anInstanceThatNobodyRegistered() {
        assertThat(beginning().told(1_500, "s", 3, FIRST, listed(9, 9)).broken())
                .containsExactly(Promise.NOTHING_MADE_UP);
    }

    @Test
    void anInstanceThatSaysSomethingElseThanWasRegistered() {
        Listed heavier = new Listed(Tale.address(1), "DEFAULT", 2, true, Map.of(Listed.VERSION, "1"));
        assertThat(beginning().told(1_500, "s", 3, heavier).broken()).contains(Promise.NOTHING_MADE_UP);
    }

    @Test
    void anInstanceOfAStreamThatIsCalledUnhealthy() {
        Listed sick = new Listed(Tale.address(1), "DEFAULT", 1, false, Map.of(Listed.VERSION, "1"));
        assertThat(beginning().told(1_500, "s", 3, sick).broken()).contains(Promise.NOTHING_MADE_UP);
    }

    @Test
    void aDigestThatDoesNotMatch() {
        Listing listing = new Listing(1, 3, 42, false, Tale.listing(1, 3, FIRST).instances());
        assertThat(beginning()
                        .add(new Event.Told(Tale.ns(1_500), "s", Tale.SERVICE, listing))
                        .broken())
                .contains(Promise.DIGESTS_AGREE);
    }

    @Test
    void oneRevisionThatIsTwoLists() {
        assertThat(beginning().told(1_500, "other", 2).broken()).contains(Promise.DIGESTS_AGREE);
    }

    @Test
    void aRevisionThatSaysNothingNew() {
        assertThat(beginning().told(1_500, "s", 3, FIRST).broken()).containsExactly(Promise.SILENT_WHEN_EQUAL);
    }

    @Test
    void aSubscriberThatIsNotToldThoughNothingDisturbsIt() {
        Tale tale = beginning().registered(2_000, 2_010, 2, "p", 2, 3);
        assertThat(tale.told(2_400, "s", 3, FIRST, SECOND).violations()).isEmpty();
        assertThat(beginning()
                        .registered(2_000, 2_010, 2, "p", 2, 3)
                        .told(2_600, "s", 3, FIRST, SECOND)
                        .broken())
                .containsExactly(Promise.TOLD_SOON);
    }

    @Test
    void anInstanceShownOverTheOneThatReplacedIt() {
        Tale tale = beginning().registered(2_000, 2_010, 2, "p", 1, 3);
        assertThat(tale.told(2_100, "s", 3, listed(2, 1)).violations()).isEmpty();
        assertThat(tale.answered(2_500, 4, FIRST).broken()).contains(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void twoClientsThatClaimOneAddressMayEachBeShownButOneMustBe() {
        Tale tale = beginning()
                .joined("q", Lifetime.RETURNING)
                .registered(2_000, 2_010, 2, "q", 1, 3)
                .told(2_100, "s", 3, listed(2, 1))
                .left(3_000, "q")
                .told(3_010, "s", 4, FIRST);
        assertThat(tale.violations()).isEmpty();
        assertThat(tale.told(3_500, "s", 5).broken()).containsExactly(Promise.TRUE_AT_A_MOMENT);
    }

    @Test
    void aSubscriberThatDoesNotConverge() {
        Tale tale = beginning()
                .subscribed(10, "deaf", Hearing.PLAIN)
                .toldPlainly(500, "deaf")
                .answered(5_000, 2, FIRST)
                .settled(4_900, 5_100);
        assertThat(tale.broken()).containsExactly(Promise.CONVERGES);
    }

    @Test
    void aSubscriberThatStillDoubtsItsListInTheEnd() {
        Tale tale = beginning()
                .subscribed(10, "k", Hearing.KEEPING)
                .toldPlainly(1_100, "k", FIRST)
                .kept(1_200, "k", FIRST)
                .answered(5_000, 2, FIRST)
                .settled(4_900, 5_100);
        assertThat(tale.broken()).containsExactly(Promise.CONVERGES);
    }

    @Test
    void aPublisherThatNeverGetsBackIn() {
        Tale tale = beginning()
                .troubled(2_000, 2_100, "p")
                .told(2_050, "s", 3)
                .answered(5_000, 3)
                .settled(4_900, 5_100);
        assertThat(tale.broken()).containsExactly(Promise.CONVERGES);
    }

    @Test
    void somethingLeftWhenAllHaveGone() {
        for (Event.Emptied end : List.of(
                new Event.Emptied(Tale.ns(9_000), 1, 0, 0, 0, 0),
                new Event.Emptied(Tale.ns(9_000), 0, 1, 0, 0, 0),
                new Event.Emptied(Tale.ns(9_000), 0, 0, 1, 0, 0),
                new Event.Emptied(Tale.ns(9_000), 0, 0, 0, 1, 0),
                new Event.Emptied(Tale.ns(9_000), 0, 0, 0, 0, 1))) {
            assertThat(beginning().add(end).broken()).containsExactly(Promise.EMPTY_AT_THE_END);
        }
    }

    @Test
    void whatWasNeverAnsweredMayBeThereOrNot() {
        Tale tale = beginning().asked(2_000, 2, "p", 2);
        assertThat(tale.answered(3_000, 2, FIRST).violations()).isEmpty();
        assertThat(tale.answered(9_000, 3, FIRST, SECOND).violations()).isEmpty();
    }
}

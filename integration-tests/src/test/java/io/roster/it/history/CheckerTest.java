// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import static io.roster.it.history.Tale.listed;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.bench.wire.Listed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories of what a correct registry does, and of each way to break its word. */
class CheckerTest {

    private static final Listed FIRST = listed(1, 1);
    private static final Listed SECOND = listed(2, 2);

    /** One client registers one instance, and one subscriber hears of it. */
    private static Tale beginning() {
        return new Tale()
                .joined("p", Lifetime.RETURNING)
                .subscribed(10, "s", Hearing.COUNTED)
                .told(20, "s", 1)
                .registered(1_000, 1_020, 1, "p", 1, 2)
                .told(1_015, "s", 2, FIRST);
    }

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
                .add(new Event.Emptied(Tale.ns(7_000), 0, 0, 0));
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
        assertThat(beginning().add(new Event.Emptied(Tale.ns(9_000), 0, 1, 0)).broken())
                .containsExactly(Promise.EMPTY_AT_THE_END);
    }

    @Test
    void whatWasNeverAnsweredMayBeThereOrNot() {
        Tale tale = beginning().asked(2_000, 2, "p", 2);
        assertThat(tale.answered(3_000, 2, FIRST).violations()).isEmpty();
        assertThat(tale.answered(9_000, 3, FIRST, SECOND).violations()).isEmpty();
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

    private static final Listed THIRD = listed(3, 3);

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

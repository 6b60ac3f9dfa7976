// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import io.roster.server.fixture.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is held when a service loses much at once, for how long, and what is not. */
class LossGuardTest {

    private static final String ORDERS = "orders";

    private final House house = House.withOneLoop();
    private final List<Provider> providers = new ArrayList<>();

    @Test
    void halfOfAServiceMayBeLostAndNoMoreAtOnce() {
        providers(20);
        lose(0, 10);
        assertThat(house.list(ORDERS)).hasSize(10);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
        lose(10, 20);
        assertThat(house.list(ORDERS)).hasSize(10);
        assertThat(house.snapshot(ORDERS).isGuarded()).isTrue();
        assertThat(house.registry().heldLossCount()).isEqualTo(10);
        assertThat(house.registry().massLossCount()).isEqualTo(1);
        assertThat(house.operator().heldLosses())
                .containsExactly(new HeldLosses(Words.service(ORDERS), 20, 0, 10, false));
        assertThat(house.operator().claims(ORDERS)).hasSize(10).allMatch(ClaimView::isHeld);
    }

    @Test
    void whatIsHeldGoesLittleByLittleWithinTheWindow() {
        providers(20);
        lose(0, 20);
        List<Integer> sizes = new ArrayList<>();
        for (int second = 0; second < 60; second += 5) {
            house.advance(5_000);
            sizes.add(house.list(ORDERS).size());
        }
        assertThat(sizes).containsExactly(10, 9, 8, 7, 6, 5, 0, 0, 0, 0, 0, 0);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
        assertThat(house.registry().claimCount()).isZero();
        assertThat(house.registry().heldServiceCount()).isZero();
        assertThat(house.registry().heldLossCount()).isZero();
    }

    @Test
    void fewerThanTenAreNotGuarded() {
        providers(9);
        lose(0, 9);
        assertThat(house.list(ORDERS)).isEmpty();
        assertThat(house.registry().massLossCount()).isZero();
    }

    @Test
    void goodbyesAreNeverHeldAndNotCounted() {
        providers(20);
        providers.subList(0, 15).forEach(Provider::leaves);
        house.settle();
        assertThat(house.list(ORDERS)).hasSize(5);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
    }

    @Test
    void amidALossGoodbyesAndDeregistrationsLowerWhatIsExpected() {
        providers(24);
        lose(0, 2);
        providers.subList(2, 7).forEach(Provider::leaves);
        IntStream.range(7, 12).forEach(i -> providers.get(i).deregisters(ORDERS, address(i)));
        house.settle();
        // 14 of 24 are expected now and 12 there: half of them makes 5 more.
        lose(12, 17);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
        lose(17, 18);
        assertThat(house.snapshot(ORDERS).isGuarded()).isTrue();
        assertThat(house.list(ORDERS)).hasSize(7);
    }

    @Test
    void whatIsHeldCanStillBeTakenBack() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        assertThat(house.registry().heldLossCount()).isEqualTo(10);
        IntStream.range(0, 20)
                .forEach(i -> assertThat(settled(beater.deregisters(ORDERS, address(i))))
                        .isTrue());
        assertThat(house.registry().claimCount()).isZero();
        assertThat(house.registry().heldLossCount()).isZero();
    }

    @Test
    void whoeverReturnsCostsNobodyAnything() {
        providers(20);
        Reader reader = house.reader("r");
        reader.subscribes(ORDERS);
        lose(0, 20);
        List<String> told = List.copyOf(reader.told());
        long revision = house.revision(ORDERS);
        IntStream.range(10, 19).forEach(this::returns);
        assertThat(house.revision(ORDERS)).isEqualTo(revision);
        assertThat(reader.told()).isEqualTo(told);
        // The last one ends the guard, and that is told: a list that is not guarded is worth more.
        returns(19);
        assertThat(house.revision(ORDERS)).isEqualTo(revision + 1);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
        assertThat(reader.told()).hasSize(told.size() + 1);
        assertThat(house.registry().claimCount()).isEqualTo(10);
        house.advance(120_000);
        assertThat(house.list(ORDERS)).hasSize(10);
    }

    @Test
    void anotherInstanceOfTheSameAddressTakesThePlaceOfTheOneThatIsHeld() {
        providers(10);
        lose(0, 10);
        house.provider("other").registers(ORDERS, Words.at(address(9)).withWeight(3));
        house.settle();
        assertThat(house.list(ORDERS)).contains(address(9) + " weight 3.0").hasSize(5);
        assertThat(house.registry().heldLossCount()).isEqualTo(4);
    }

    @Test
    void afterALossWasOverTheNextIsJudgedByWhatIsThere() {
        providers(20);
        lose(0, 10);
        house.advance(60_000);
        lose(10, 20);
        assertThat(house.list(ORDERS)).hasSize(5);
        assertThat(house.registry().heldLossCount()).isEqualTo(5);
    }

    @Test
    void silenceOfManyTurnsOnlyHalfUnhealthy() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        assertThat(house.list(ORDERS))
                .hasSize(20)
                .filteredOn(each -> each.endsWith("unhealthy"))
                .hasSize(10);
        house.advance(120_000);
        assertThat(house.registry().claimCount()).isZero();
        assertThat(house.registry().heldServiceCount()).isZero();
        assertThat(house.clients().count()).isZero();
    }

    @Test
    void theListSaysThatItIsGuardedAndWhenItIsNoLonger() {
        providers(20);
        Reader reader = house.reader("r");
        reader.subscribes(ORDERS);
        Reader ofOneCluster = house.reader("c");
        View view = View.of(List.of("other"), false);
        ofOneCluster.subscribes(ORDERS, view);
        lose(0, 20);
        assertThat(reader.mirror(ORDERS).isGuarded()).isTrue();
        assertThat(ofOneCluster.mirror(ORDERS, view).isGuarded()).isTrue();
        house.advance(60_000);
        assertThat(reader.mirror(ORDERS).isGuarded()).isFalse();
        assertThat(ofOneCluster.mirror(ORDERS, view).isGuarded()).isFalse();
    }

    @Test
    void whoeverIsHeardAgainIsHeldNoLonger() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        IntStream.range(0, 20)
                .forEach(i ->
                        assertThat(settled(beater.beats(ORDERS, address(i)))).isTrue());
        assertThat(house.list(ORDERS)).hasSize(20).noneMatch(each -> each.endsWith("unhealthy"));
        assertThat(house.registry().heldLossCount()).isZero();
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
    }

    @Test
    void whenChecksAreSwitchedOffNobodyIsHeldForSilence() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        house.switchHealthChecks(false);
        house.advance(5_000);
        assertThat(house.registry().heldLossCount()).isZero();
        assertThat(house.list(ORDERS)).hasSize(20);
    }

    @Test
    void whatIsSwitchedOffForTheServiceHoldsNobody() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        house.operator().switchesCheck(ORDERS, false);
        house.advance(5_000);
        assertThat(house.registry().heldLossCount()).isZero();
    }

    @Test
    void aServerThatStoodStillDoesNotLetTheWindowPass() {
        providers(20);
        lose(0, 20);
        house.loops().freeze(600_000);
        assertThat(house.list(ORDERS)).hasSize(10);
    }

    @Test
    void anOperatorConfirmsAndTheRestMayGoToo() {
        providers(20);
        lose(0, 14);
        assertThat(house.list(ORDERS)).hasSize(10);
        assertThat(settled(house.operator().resolves(ORDERS, LossDecision.REMOVE)))
                .isTrue();
        assertThat(house.list(ORDERS)).hasSize(6);
        assertThat(house.snapshot(ORDERS).isGuarded()).isFalse();
        lose(14, 20);
        assertThat(house.list(ORDERS)).isEmpty();
    }

    @Test
    void whatAnOperatorConfirmsHoldsForTheWindowOnly() {
        providers(40);
        lose(0, 25);
        house.operator().resolves(ORDERS, LossDecision.REMOVE);
        house.advance(60_000);
        lose(25, 40);
        assertThat(house.list(ORDERS)).hasSize(8);
        assertThat(house.registry().heldLossCount()).isEqualTo(8);
    }

    @Test
    void theSilentThatAnOperatorConfirmsAreUnhealthyAtOnceAndGoInTheirTime() {
        Beater beater = house.beater("b");
        IntStream.range(0, 20).forEach(i -> beater.registers(ORDERS, address(i)));
        house.advance(15_000);
        house.operator().resolves(ORDERS, LossDecision.REMOVE);
        house.settle();
        assertThat(house.list(ORDERS)).hasSize(20).allMatch(each -> each.endsWith("unhealthy"));
        house.advance(15_000);
        assertThat(house.list(ORDERS)).isEmpty();
    }

    @Test
    void whatAnOperatorKeepsStaysUntilTheOperatorDecidesAgain() {
        providers(20);
        lose(0, 20);
        house.operator().resolves(ORDERS, LossDecision.KEEP);
        house.advance(3_600_000);
        assertThat(house.list(ORDERS)).hasSize(10);
        assertThat(house.operator().heldLosses()).allMatch(HeldLosses::isKept);
        house.operator().resolves(ORDERS, LossDecision.REMOVE);
        house.advance(60_000);
        assertThat(house.list(ORDERS)).isEmpty();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void whereNothingIsHeldThereIsNothingToDecide() {
        providers(20);
        assertThat(settled(house.operator().resolves(ORDERS, LossDecision.KEEP)))
                .isFalse();
        assertThat(settled(house.operator().resolves("unknown", LossDecision.REMOVE)))
                .isFalse();
    }

    @Test
    void whoReturnsBeforeItsOldStreamIsFoundDeadIsNotALoss() {
        providers(20);
        List<Provider> former = List.copyOf(providers);
        IntStream.range(0, 20).forEach(this::returns);
        former.forEach(Provider::disconnects);
        house.settle();
        assertThat(house.list(ORDERS)).hasSize(20);
        assertThat(house.registry().massLossCount()).isZero();
        assertThat(house.registry().claimCount()).isEqualTo(20);
    }

    @Test
    void aShareOfOneGuardsNothing() {
        House unguarded = new House(1, Limits.DEFAULT.with(new LossLimits(1, 1, 60_000)));
        Provider provider = unguarded.provider("p");
        IntStream.range(0, 20).forEach(i -> provider.registers(ORDERS, address(i)));
        unguarded.settle();
        provider.disconnects();
        unguarded.settle();
        assertThat(unguarded.list(ORDERS)).isEmpty();
    }

    @Test
    void manyServicesAreLetGoInSlices() {
        for (int p = 0; p < 5; p++) {
            providers.add(house.provider("p" + p));
        }
        IntStream.range(0, 2_500)
                .forEach(s ->
                        IntStream.range(0, 10).forEach(i -> providers.get(s % 5).registers("s" + s, address(i))));
        house.settle();
        lose(0, 5);
        assertThat(house.registry().heldLossCount()).isEqualTo(12_500);
        house.advance(60_000);
        assertThat(house.registry().heldLossCount()).isZero();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    private void providers(int count) {
        IntStream.range(0, count).forEach(i -> {
            providers.add(house.provider("p" + i));
            providers.get(i).registers(ORDERS, address(i));
        });
        house.settle();
    }

    private void returns(int i) {
        providers.set(i, house.provider("p" + i));
        providers.get(i).registers(ORDERS, address(i));
        house.settle();
    }

    private void lose(int from, int to) {
        providers.subList(from, to).forEach(Provider::disconnects);
        house.settle();
    }

    private boolean settled(io.roster.server.fixture.Answer answer) {
        house.settle();
        return answer.isOk();
    }

    private static String address(int i) {
        return "10.0.0." + i + ":80";
    }
}

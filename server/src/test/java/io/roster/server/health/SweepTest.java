// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Limits;
import io.roster.server.core.LossLimits;
import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Words;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What silence does, and when it does nothing. */
class SweepTest {

    private static final String CHECK = "preserved.heart.beat.check";

    private final House house = House.withOneLoop();
    private final Beater a = house.beater("a");

    @Test
    void silenceMakesUnhealthyAfter15SecondsAndRemovesAfter30() {
        a.registers("orders", "10.0.0.1:80");
        house.advance(14_999);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(1);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 unhealthy");
        house.advance(14_999);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 unhealthy");
        house.advance(1);
        assertThat(house.list("orders")).isEmpty();
        assertThat(house.registry().claimCount()).isZero();
    }

    @Test
    void aBeatMakesHealthyAgain() {
        a.registers("orders", "10.0.0.1:80");
        house.advance(15_000);
        a.beats("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(14_999);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void whatAStreamKeepsAliveIsNotJudged() {
        house.provider("p").registers("orders", "10.0.0.1:80");
        house.advance(600_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void anInstanceMayBringItsOwnLimits() {
        a.registers(
                "orders",
                Words.at(
                        "10.0.0.1:80",
                        Map.of("preserved.heart.beat.timeout", "40000", "preserved.ip.delete.timeout", "60000")));
        house.advance(39_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(2_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 unhealthy");
        house.advance(20_000);
        assertThat(house.list("orders")).isEmpty();
    }

    @Test
    void anInstanceMaySwitchItsCheckOff() {
        a.registers("orders", Words.at("10.0.0.1:80", Map.of(CHECK, "false")));
        a.registers("orders", "10.0.0.2:80");
        house.advance(600_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aServiceMaySwitchItsCheckOffAndOnAgain() {
        a.registers("orders", "10.0.0.1:80");
        house.operator().switchesCheck("orders", false);
        house.advance(600_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.operator().switchesCheck("orders", true);
        house.advance(5_000);
        assertThat(house.list("orders")).isEmpty();
    }

    @Test
    void afterTheServersCheckWasOffSilenceStartsAnew() {
        a.registers("orders", "10.0.0.1:80");
        house.switchHealthChecks(false);
        house.advance(600_000);
        house.switchHealthChecks(true);
        house.advance(10_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(20_000);
        assertThat(house.list("orders")).isEmpty();
    }

    @Test
    void aServerThatStoodStillRemovesNobodyAndBeginsToListenAnew() {
        a.registers("orders", "10.0.0.1:80");
        house.advance(4_000);
        house.loops().freeze(60_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(14_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        house.advance(2_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 unhealthy");
        house.advance(15_000);
        assertThat(house.list("orders")).isEmpty();
    }

    @Test
    void aRoundThatIsALittleLateRuns() {
        a.registers("orders", "10.0.0.1:80");
        house.advance(13_000);
        house.loops().freeze(4_000);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 unhealthy");
    }

    @Test
    void aPauseThatMakesTheRoundLateAndTheSilenceTooLongIsForgiven() {
        a.registers("orders", "10.0.0.1:80");
        house.advance(5_000);
        house.loops().freeze(9_900);
        house.advance(100);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aSilentClaimBehindANewerOneIsRemovedUnseen() {
        a.registers("orders", "10.0.0.1:80");
        house.provider("p").registers("orders", "10.0.0.1:80");
        house.advance(60_000);
        assertThat(house.registry().claimCount()).isEqualTo(1);
        assertThat(house.revision("orders")).isEqualTo(1);
    }

    @Test
    void aLongSweepIsDoneInSlicesAndJudgesEverybody() {
        House unguarded = new House(1, Limits.DEFAULT.with(new LossLimits(1, 10, 60_000)));
        Beater many = unguarded.beater("many");
        IntStream.range(0, 5_000).forEach(i -> many.registers("s" + i % 5, "10.0." + i / 250 + '.' + i % 250 + ":80"));
        unguarded.advance(30_000);
        assertThat(unguarded.registry().claimCount()).isEqualTo(3_000);
        unguarded.advance(2);
        assertThat(unguarded.registry().claimCount()).isZero();
        assertThat(unguarded.registry().heldServiceCount()).isZero();
    }

    @Test
    void anAddressThatIsGoneIsForgotten() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.clients().count()).isEqualTo(1);
        house.advance(40_000);
        assertThat(house.clients().count()).isZero();
    }
}

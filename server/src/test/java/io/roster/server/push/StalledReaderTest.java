// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** A reader that does not read is waited for, but not for ever. */
class StalledReaderTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");
    private final Reader slow = house.reader("slow");
    private final StalledReaders stalled = house.fanouts().all().get(0).stalled();

    @Test
    void oneThatHasSomethingToBeToldAndDoesNotReadForFiveMinutesIsGivenUp() {
        stalls();
        a.registers("orders", "10.0.0.1:80");
        house.advance(299_999);
        assertThat(house.clients().count()).isEqualTo(2);
        house.transcript().skip();
        house.advance(1);
        assertThat(house.clients().count()).isEqualTo(1);
        assertThat(house.fanouts().subscriptions()).isZero();
        assertThat(house.fanouts().stalledCount()).isEqualTo(1);
        house.transcript().reads("slow < (given up: it has not read for 300000 ms (stalled-reader-limit))");
        assertThat(stalled.count()).isZero();
    }

    @Test
    void oneThatHasNothingToBeToldMayBeIdleForEver() {
        stalls();
        house.advance(3_600_000);
        assertThat(house.clients().count()).isEqualTo(2);
    }

    @Test
    void oneThatReadsASingleMessageIsWaitedForAnew() {
        slow.subscribes("bills");
        stalls();
        a.registers("orders", "10.0.0.1:80");
        a.registers("bills", "10.0.0.1:80");
        house.advance(295_000);
        slow.takes(1);
        house.advance(295_000);
        assertThat(house.clients().count()).isEqualTo(2);
        house.advance(5_000);
        assertThat(house.clients().count()).isEqualTo(1);
    }

    @Test
    void oneThatReadsAllIsForgotten() {
        stalls();
        a.registers("orders", "10.0.0.1:80");
        house.advance(100_000);
        assertThat(stalled.count()).isEqualTo(1);
        slow.reads();
        house.settle();
        assertThat(stalled.count()).isZero();
        assertThat(slow.mirror("orders").instances()).hasSize(1);
    }

    @Test
    void oneThatLeavesMeanwhileIsForgotten() {
        stalls();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        slow.disconnects();
        house.advance(600_000);
        assertThat(stalled.count()).isZero();
        assertThat(house.fanouts().stalledCount()).isZero();
    }

    @Test
    void aServerThatStoodStillHoldsItAgainstNobody() {
        stalls();
        a.registers("orders", "10.0.0.1:80");
        house.advance(100_000);
        house.loops().freeze(3_600_000);
        assertThat(house.clients().count()).isEqualTo(2);
    }

    private void stalls() {
        slow.subscribes("orders");
        slow.stalls();
        house.settle();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.BeatLimits;
import io.roster.server.core.Limits;
import io.roster.server.core.LossLimits;
import io.roster.server.core.View;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import io.roster.server.fixture.TestWire;
import io.roster.server.fixture.Words;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private final House house = new House(
            2, new Limits(64, 128, 512, 64, 1_024, 100, 2, 100, 100, 10, LossLimits.DEFAULT, BeatLimits.DEFAULT));
    private final Provider a = house.provider("a");
    private final Reader reader = house.reader("r");

    @Test
    void subscribingAgainWithoutHaveTellsTheWholeListAgain() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        reader.subscribes("orders");
        house.settle();
        reader.subscribes("orders");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @1 [10.0.0.1:80]", "orders @1 [10.0.0.1:80]");
        assertThat(house.fanouts().subscriptions()).isEqualTo(1);
    }

    @Test
    void subscribingAgainWithHaveChangesNothing() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        reader.subscribes("orders");
        house.settle();
        reader.subscribes("orders", View.ALL, 1);
        house.settle();
        assertThat(reader.told()).hasSize(1);
    }

    @Test
    void aStreamMayHearSoManyServices() {
        reader.subscribes("s1");
        reader.subscribes("s2");
        reader.subscribes("s3");
        reader.subscribes("s2");
        house.settle();
        assertThat(house.fanouts().subscriptions()).isEqualTo(2);
        assertThat(reader.client().subscribedCount()).isEqualTo(2);
        reader.unsubscribes("s1");
        house.settle();
        reader.subscribes("s3");
        house.settle();
        assertThat(reader.outbox().subscriptions())
                .extracting(each -> each.service().name())
                .containsExactlyInAnyOrder("s2", "s3");
    }

    @Test
    void unsubscribingWhatWasNeverSubscribedIsToldApart() {
        reader.unsubscribes("orders");
        house.settle();
        house.transcript().reads("""
                r > unsubscribe orders
                r < no such subscription
                """);
    }

    @Test
    void nothingIsToldAfterUnsubscribing() {
        reader.subscribes("orders");
        house.settle();
        reader.unsubscribes("orders");
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @0 []");
        assertThat(house.fanouts().subscriptions()).isZero();
    }

    @Test
    void aServiceThatIsOnlyListenedToIsHeldNoLongerThanThat() {
        reader.subscribes("orders");
        house.settle();
        assertThat(house.registry().heldServiceCount()).isEqualTo(1);
        assertThat(house.registry().exists(Words.service("orders"))).isFalse();
        reader.disconnects();
        house.settle();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void closingAStreamTwiceIsHarmless() {
        reader.subscribes("s1");
        reader.subscribes("s2");
        reader.disconnects();
        reader.disconnects();
        house.settle();
        assertThat(house.fanouts().subscriptions()).isZero();
        assertThat(reader.client().subscribedCount()).isZero();
    }

    @Test
    void manyLeaveOneServiceInAnyOrder() {
        Reader second = house.reader("r2");
        Reader third = house.reader("r3");
        for (Reader each : new Reader[] {reader, second, third}) {
            each.subscribes("orders");
        }
        house.settle();
        second.disconnects();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        reader.disconnects();
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        assertThat(third.mirror("orders").revision()).isEqualTo(2);
        assertThat(house.fanouts().subscriptions()).isEqualTo(1);
    }

    @Test
    void theOperatorFindsWhoHearsAServiceOnWhicheverLoop() {
        Reader other = house.reader("other", 1, TestWire.withDiffs());
        reader.subscribes("orders");
        other.subscribes("orders");
        house.settle();
        var subscribers = house.fanouts().subscribers(Words.service("orders"));
        var subscriptions = house.fanouts().subscriptionsOf(other.client());
        house.settle();
        assertThat(subscribers.join())
                .extracting(Subscription::client)
                .containsExactlyInAnyOrder(reader.client(), other.client());
        assertThat(subscriptions.join()).extracting(Subscription::service).containsExactly(Words.service("orders"));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** A reader that does not read costs one slot a service, and nobody else any time. */
class SlowReaderTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");
    private final Reader slow = house.reader("slow");

    @Test
    void whatItMissedIsMergedIntoOneChange() {
        slow.subscribes("orders");
        slow.stalls();
        house.settle();
        for (int i = 1; i <= 20; i++) {
            a.registers("orders", "10.0.0." + i + ":80");
            house.settle();
        }
        a.deregisters("orders", "10.0.0.1:80");
        house.settle();
        assertThat(slow.told()).hasSize(1);
        slow.reads();
        house.settle();
        assertThat(slow.told()).hasSize(2).last().asString().startsWith("orders 0->21 +10.0.0.10:80");
        assertThat(slow.mirror("orders").instances()).hasSize(19);
    }

    @Test
    void whoFallsTooFarBehindIsToldTheWholeList() {
        slow.subscribes("orders");
        slow.stalls();
        house.settle();
        for (int i = 1; i <= 200; i++) {
            a.registers("orders", "10.0.0.1:" + i);
            a.deregisters("orders", "10.0.0.1:" + (i - 1));
            a.deregistersAll("orders");
            a.registers("orders", "10.0.0.1:" + i);
            house.settle();
        }
        slow.reads();
        house.settle();
        assertThat(slow.told()).last().isEqualTo("orders @200 [10.0.0.1:200]");
    }

    @Test
    void whatCameAndWentMeanwhileIsNeverMentionedAsBeingThere() {
        slow.subscribes("orders");
        slow.stalls();
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        a.deregisters("orders", "10.0.0.1:80");
        house.settle();
        slow.reads();
        house.settle();
        assertThat(slow.told()).last().isEqualTo("orders 0->2 -10.0.0.1:80");
    }

    @Test
    void othersAreToldMeanwhile() {
        Reader quick = house.reader("quick");
        slow.subscribes("orders");
        quick.subscribes("orders");
        slow.stalls();
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(quick.mirror("orders").revision()).isEqualTo(1);
        assertThat(slow.mirror("orders").revision()).isZero();
    }

    @Test
    void eachServiceWaitsOnceAndTheLongestWaitingGoesFirst() {
        slow.subscribes("s1");
        slow.subscribes("s2");
        slow.subscribes("s3");
        slow.stalls();
        house.settle();
        for (String service : new String[] {"s2", "s3", "s2", "s1", "s2"}) {
            a.deregistersAll(service);
            a.registers(service, "10.0.0.1:" + slow.told().size());
            house.settle();
            a.registers(service, "10.0.0.2:80");
            house.settle();
        }
        slow.takes(1);
        house.settle();
        assertThat(slow.told()).hasSize(4).last().asString().startsWith("s2 ");
        slow.reads();
        house.settle();
        assertThat(slow.told()).hasSize(6);
        assertThat(slow.told().get(4)).startsWith("s3 ");
        assertThat(slow.told().get(5)).startsWith("s1 ");
    }

    @Test
    void nobodyOvertakesThoseWhoWait() {
        slow.subscribes("s1");
        slow.subscribes("s2");
        slow.stalls();
        house.settle();
        a.registers("s1", "10.0.0.1:80");
        house.settle();
        slow.takes(0);
        a.registers("s2", "10.0.0.1:80");
        house.settle();
        slow.reads();
        house.settle();
        assertThat(slow.told().subList(2, 4)).containsExactly("s1 0->1 +10.0.0.1:80", "s2 0->1 +10.0.0.1:80");
    }

    @Test
    void anOperatorSeesWhoWaits() {
        slow.subscribes("orders");
        slow.stalls();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(slow.outbox().subscriptions()).singleElement().satisfies(subscription -> {
            assertThat(subscription.isWaiting()).isTrue();
            assertThat(subscription.toldRevision()).isZero();
        });
        slow.reads();
        house.settle();
        assertThat(slow.outbox().subscriptions()).singleElement().satisfies(subscription -> {
            assertThat(subscription.isWaiting()).isFalse();
            assertThat(subscription.toldRevision()).isEqualTo(1);
        });
    }

    @Test
    void unsubscribingWhileWaitingSaysNothingMore() {
        slow.subscribes("orders");
        slow.stalls();
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        slow.unsubscribes("orders");
        slow.reads();
        house.settle();
        assertThat(slow.told()).containsExactly("orders @0 []");
    }
}

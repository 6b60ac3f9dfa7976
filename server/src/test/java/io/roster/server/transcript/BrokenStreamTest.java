// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** Path (d): a stream that breaks, and one that comes back. */
class BrokenStreamTest {

    private final House house = House.withOneLoop();
    private final Reader shop = house.reader("shop");

    @Test
    void allThatABrokenStreamPublishedIsGoneAtOnce() {
        Provider orders = house.provider("orders-1");
        orders.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        orders.disconnects();
        house.settle();
        house.transcript().reads("""
                orders-1 > (its stream breaks)
                shop < orders 1->2 -10.0.0.1:80 -10.0.0.2:80
                """);
        assertThat(house.registry().claimCount()).isZero();
    }

    @Test
    void aReconnectThatOvertakesTheOldStreamsEndIsNoNewsToAnybody() {
        Provider before = house.provider("orders-1");
        before.registers("orders", "10.0.0.1:80");
        house.settle();
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        Provider after = house.provider("orders-1");
        after.registers("orders", "10.0.0.1:80");
        house.settle();
        before.disconnects();
        house.settle();
        house.transcript().reads("""
                orders-1 > register orders [10.0.0.1:80]
                orders-1 < ok @1
                orders-1 > (its stream breaks)
                """);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }
}

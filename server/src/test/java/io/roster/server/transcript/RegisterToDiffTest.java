// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** Path (a): from a registration to a subscriber's diff. */
class RegisterToDiffTest {

    private final House house = House.withOneLoop();
    private final Reader shop = house.reader("shop");
    private final Provider orders = house.provider("orders-1");

    @Test
    void anInstanceRegisteredHereIsADiffThere() {
        shop.subscribes("orders");
        house.settle();
        orders.registers("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                shop > subscribe orders
                shop < orders @0 []
                orders-1 > register orders [10.0.0.1:80]
                orders-1 < ok @1
                shop < orders 0->1 +10.0.0.1:80
                """);
    }

    @Test
    void aBurstIsOneDiffAndEachIsAcknowledgedBeforeAnybodyHears() {
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        orders.registers("orders", "10.0.0.1:80");
        orders.registers("orders", "10.0.0.2:80");
        orders.deregisters("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                orders-1 > register orders [10.0.0.1:80]
                orders-1 > register orders [10.0.0.2:80]
                orders-1 > deregister orders 10.0.0.1:80
                orders-1 < ok @1
                orders-1 < ok @1
                orders-1 < ok @1
                shop < orders 0->1 +10.0.0.2:80
                """);
    }

    @Test
    void whatChangesNothingIsAcknowledgedAndNobodyHears() {
        orders.registers("orders", "10.0.0.1:80");
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        orders.registers("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                orders-1 > register orders [10.0.0.1:80]
                orders-1 < ok @1
                """);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Operator;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** A person on call takes an instance out, and lets it in again. */
class OperatorTest {

    private final House house = House.withOneLoop();
    private final Reader shop = house.reader("shop");
    private final Operator operator = house.operator();

    @Test
    void anOverrideOutlivesTheApplicationsReconnect() {
        Provider orders = house.provider("orders-1");
        orders.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        operator.disables("orders", "10.0.0.1:80");
        house.settle();
        orders.disconnects();
        house.settle();
        house.provider("orders-1'").registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        operator.undoes("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                operator > override orders 10.0.0.1:80 disabled
                operator < ok @2
                shop < orders 1->2 -10.0.0.1:80
                orders-1 > (its stream breaks)
                shop < orders 2->3 -10.0.0.2:80
                orders-1' > register orders [10.0.0.1:80, 10.0.0.2:80]
                orders-1' < ok @4
                shop < orders 3->4 +10.0.0.2:80
                operator > undo orders 10.0.0.1:80
                operator < ok @5
                shop < orders 4->5 +10.0.0.1:80
                """);
    }
}

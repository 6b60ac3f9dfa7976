// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** A consumer whose stream broke comes back and says what it has. */
class ResumeTranscriptTest {

    private final House house = House.withOneLoop();
    private final Provider orders = house.provider("orders-1");
    private final Reader before = house.reader("shop");
    private final Reader after = house.reader("shop'");

    @Test
    void itIsToldOnlyWhatIsNewer() {
        orders.registers("orders", "10.0.0.1:80");
        house.settle();
        before.subscribes("orders");
        house.settle();
        before.disconnects();
        house.settle();
        orders.registers("orders", "10.0.0.2:80");
        house.settle();
        orders.deregisters("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().skip();
        after.resumes("orders", before);
        house.settle();
        house.transcript().reads("""
                shop' > subscribe orders, have @1
                shop' < orders 1->3 +10.0.0.2:80 -10.0.0.1:80
                """);
    }

    @Test
    void itIsToldNothingIfNothingHappened() {
        orders.registers("orders", "10.0.0.1:80");
        house.settle();
        before.subscribes("orders");
        house.settle();
        before.disconnects();
        house.settle();
        house.transcript().skip();
        after.resumes("orders", before);
        house.settle();
        house.transcript().reads("shop' > subscribe orders, have @1");
    }
}

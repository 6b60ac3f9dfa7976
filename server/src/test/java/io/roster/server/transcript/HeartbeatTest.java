// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** Path (b): heartbeats. */
class HeartbeatTest {

    private final House house = House.withOneLoop();
    private final Reader shop = house.reader("shop");
    private final Beater script = house.beater("script");

    @Test
    void aBeatThatComesInTimeIsNoNews() {
        shop.subscribes("orders");
        script.registers("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().skip();
        for (int i = 0; i < 20; i++) {
            house.advance(5_000);
            script.beats("orders", "10.0.0.1:80");
            house.settle();
        }
        house.transcript().reads("""
                script > beat orders 10.0.0.1:80
                script < ok @1
                """.repeat(20));
    }

    @Test
    void aBeatThatComesLateMakesHealthyAgain() {
        shop.subscribes("orders");
        script.registers("orders", "10.0.0.1:80");
        house.advance(15_000);
        script.beats("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                shop > subscribe orders
                script > register orders 10.0.0.1:80
                shop < orders @0 []
                script < ok @1
                shop < orders 0->1 +10.0.0.1:80
                shop < orders 1->2 +10.0.0.1:80 unhealthy protected
                script > beat orders 10.0.0.1:80
                script < ok @3
                shop < orders 2->3 +10.0.0.1:80
                """);
    }

    @Test
    void aBeatForWhatIsGoneAsksToRegisterAgain() {
        script.registers("orders", "10.0.0.1:80");
        house.advance(30_000);
        house.transcript().skip();
        script.beats("orders", "10.0.0.1:80");
        house.settle();
        house.transcript()
                .reads("script > beat orders 10.0.0.1:80\n"
                        + "script < NOT_FOUND 10.0.0.1:80@DEFAULT of public/DEFAULT_GROUP/orders by client"
                        + " 10.0.0.1:80#true: not registered, register again");
    }
}

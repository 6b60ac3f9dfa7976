// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transcript;

import io.roster.server.fixture.Beater;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Reader;
import org.junit.jupiter.api.Test;

/** Path (c): the sweep that judges silence. */
class SilenceTest {

    private final House house = House.withOneLoop();
    private final Reader shop = house.reader("shop");
    private final Beater script = house.beater("script");

    @Test
    void silenceIsUnhealthyFirstAndRemovedLater() {
        script.registers("orders", "10.0.0.1:80");
        script.registers("orders", "10.0.0.2:80");
        house.settle();
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        for (int seconds = 5; seconds <= 35; seconds += 5) {
            house.transcript().note(seconds + " s");
            house.advance(5_000);
        }
        house.transcript().reads("""
                # 5 s
                # 10 s
                # 15 s
                shop < orders 1->2 +10.0.0.1:80 unhealthy +10.0.0.2:80 unhealthy protected
                # 20 s
                # 25 s
                # 30 s
                shop < orders 2->3 -10.0.0.1:80 -10.0.0.2:80
                # 35 s
                """);
    }

    @Test
    void aServerThatStoodStillBlamesNobody() {
        script.registers("orders", "10.0.0.1:80");
        house.settle();
        shop.subscribes("orders");
        house.settle();
        house.transcript().skip();
        house.loops().freeze(100_000);
        house.transcript().readsNothing();
        script.beats("orders", "10.0.0.1:80");
        house.settle();
        house.transcript().reads("""
                script > beat orders 10.0.0.1:80
                script < ok @1
                """);
    }
}

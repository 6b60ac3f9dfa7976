// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.View;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import io.roster.server.fixture.TestWire;
import io.roster.server.fixture.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanoutTest {

    private static final View HEALTHY = View.of(List.of(), true);

    @Test
    void aBusyLoopIsToldOnceHoweverManyRevisionsWentBy() {
        House house = House.withLoops(2);
        int owner = ownerOf("orders", house);
        Provider a = house.provider("a");
        Reader far = house.reader("far", 1 - owner, TestWire.withDiffs());
        far.subscribes("orders");
        house.settle();
        for (int i = 1; i <= 5; i++) {
            a.registers("orders", "10.0.0.1:" + i);
            house.loops().get(owner).runUntilIdle();
        }
        assertThat(house.loops().get(1 - owner).waiting()).isEqualTo(1);
        house.settle();
        assertThat(far.told()).hasSize(2).last().asString().startsWith("orders 0->5 ");
    }

    @Test
    void aMutedFanoutSaysNothing() {
        House house = House.withOneLoop();
        Reader reader = house.reader("r");
        reader.subscribes("orders");
        house.settle();
        house.fanouts().mute();
        house.provider("a").registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @0 []");
    }

    @Test
    void aStreamThatBreaksWhileItIsWrittenToHarmsNobody() {
        House house = House.withOneLoop();
        Reader breaking = house.reader("breaking");
        Reader sound = house.reader("sound");
        breaking.subscribes("orders");
        sound.subscribes("orders");
        house.settle();
        breaking.breaksWhenTold();
        house.provider("a").registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(sound.mirror("orders").revision()).isEqualTo(1);
        assertThat(house.fanouts().subscriptions()).isEqualTo(1);
    }

    @Test
    void theLastStreamOfAServiceThatBreaksWhileItIsWrittenToHarmsNoOtherService() {
        House house = House.withOneLoop();
        Reader breaking = house.reader("breaking");
        Reader sound = house.reader("sound");
        breaking.subscribes("orders");
        sound.subscribes("bills");
        house.settle();
        breaking.breaksWhenTold();
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80");
        a.registers("bills", "10.0.0.1:80");
        house.settle();
        assertThat(sound.mirror("bills").revision()).isEqualTo(1);
        assertThat(house.fanouts().subscriptions()).isEqualTo(1);
    }

    @Test
    void aHealthyOnlyViewFollowsTheThresholdBothWays() {
        House house = House.withOneLoop();
        Provider a = house.provider("a");
        house.operator().setsThreshold("orders", 0.4);
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80");
        house.settle();
        Reader reader = house.reader("r");
        reader.subscribes("orders", HEALTHY);
        house.settle();
        a.registers("orders", Words.at("10.0.0.1:80").withHealthy(false));
        house.settle();
        a.registers("orders", Words.at("10.0.0.2:80").withHealthy(false));
        house.settle();
        a.registers("orders", Words.at("10.0.0.1:80"));
        house.settle();
        assertThat(reader.told())
                .containsExactly(
                        "orders @1 [10.0.0.1:80, 10.0.0.2:80, 10.0.0.3:80]",
                        "orders 1->2 -10.0.0.1:80",
                        "orders @3 [10.0.0.1:80 unhealthy, 10.0.0.2:80 unhealthy, 10.0.0.3:80] protected",
                        "orders @4 [10.0.0.1:80, 10.0.0.3:80]");
    }

    private static int ownerOf(String service, House house) {
        house.registry().configure(Words.service(service), null, null, (revision, refusal) -> {});
        int owner = house.loops().get(0).waiting() > 0 ? 0 : 1;
        house.settle();
        return owner;
    }
}

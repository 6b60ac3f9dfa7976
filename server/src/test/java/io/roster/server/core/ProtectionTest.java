// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When too few are healthy, everybody is offered, so that the healthy few are not overrun. */
class ProtectionTest {

    private static final View HEALTHY = View.of(List.of(), true);

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");

    @Test
    void aHealthyOnlyViewLeavesTheUnhealthyOut() {
        register("10.0.0.1:80", true);
        register("10.0.0.2:80", false);
        Listing healthy = house.snapshot("orders").through(HEALTHY);
        assertThat(Words.texts(healthy.instances())).containsExactly("10.0.0.1:80");
        assertThat(healthy.isProtected()).isFalse();
        assertThat(healthy.healthy()).isEqualTo(1);
        assertThat(healthy.total()).isEqualTo(2);
    }

    @Test
    void atTheThresholdAllAreOfferedAndTheListSaysSo() {
        house.operator().setsThreshold("orders", 0.5);
        register("10.0.0.1:80", true);
        register("10.0.0.2:80", false);
        Listing healthy = house.snapshot("orders").through(HEALTHY);
        assertThat(Words.texts(healthy.instances())).containsExactly("10.0.0.1:80", "10.0.0.2:80 unhealthy");
        assertThat(healthy.isProtected()).isTrue();
        assertThat(house.snapshot("orders").all().isProtected()).isTrue();
    }

    @Test
    void aboveTheThresholdTheHealthyOnlyAgain() {
        house.operator().setsThreshold("orders", 0.5);
        register("10.0.0.1:80", true);
        register("10.0.0.2:80", false);
        register("10.0.0.3:80", true);
        Listing healthy = house.snapshot("orders").through(HEALTHY);
        assertThat(Words.texts(healthy.instances())).containsExactly("10.0.0.1:80", "10.0.0.3:80");
        assertThat(healthy.isProtected()).isFalse();
    }

    @Test
    void anEmptyServiceIsNotProtected() {
        house.operator().setsThreshold("orders", 1);
        house.settle();
        assertThat(house.snapshot("orders").all().isProtected()).isFalse();
    }

    @Test
    void clustersAreProtectedEachByItself() {
        house.operator().setsThreshold("orders", 0.4);
        register("10.0.0.1:80/east", false);
        register("10.0.0.2:80/west", true);
        assertThat(house.snapshot("orders").all().isProtected()).isFalse();
        assertThat(house.snapshot("orders")
                        .through(View.of(List.of("east"), true))
                        .isProtected())
                .isTrue();
        assertThat(house.snapshot("orders")
                        .through(View.of(List.of("west"), true))
                        .isProtected())
                .isFalse();
    }

    @Test
    void aViewOfClustersShowsTheseOnly() {
        register("10.0.0.1:80/east", true);
        register("10.0.0.2:80/west", true);
        register("10.0.0.3:80", true);
        Listing some = house.snapshot("orders").through(View.of(List.of("west", "DEFAULT"), false));
        assertThat(Words.texts(some.instances())).containsExactly("10.0.0.2:80/west", "10.0.0.3:80");
        assertThat(some.digest())
                .isEqualTo(some.instances().stream().mapToLong(Instance::digest).sum());
    }

    @Test
    void equalViewsShareTheirList() {
        register("10.0.0.1:80/east", true);
        ServiceSnapshot snapshot = house.snapshot("orders");
        assertThat(snapshot.through(View.of(List.of("b", "a"), true)))
                .isSameAs(snapshot.through(View.of(List.of("a", "b"), true)));
        assertThat(View.of(List.of(), false)).isSameAs(View.ALL);
    }

    private void register(String address, boolean healthy) {
        a.registers("orders", Words.at(address).withHealthy(healthy));
        house.settle();
    }
}

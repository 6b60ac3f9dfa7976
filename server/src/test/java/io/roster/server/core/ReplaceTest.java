// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import org.junit.jupiter.api.Test;

/** A client can say in one step all that it publishes in a service. */
class ReplaceTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");

    @Test
    void whatIsNotNamedAgainIsTakenBackInTheSameRevision() {
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        a.replaces("orders", "10.0.0.2:80", "10.0.0.3:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.2:80", "10.0.0.3:80");
        assertThat(house.revision("orders")).isEqualTo(2);
    }

    @Test
    void anEmptyListLeavesNothing() {
        a.registers("orders", "10.0.0.1:80");
        a.replaces("orders");
        house.settle();
        assertThat(house.list("orders")).isEmpty();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void anEmptyListForAServiceThatNeverWasMakesNone() {
        assertThat(a.replaces("orders").isDone()).isFalse();
        house.settle();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void whatOthersPublishStays() {
        house.provider("b").registers("orders", "10.0.0.9:80");
        a.registers("orders", "10.0.0.1:80");
        a.registers("bills", "10.0.0.1:80");
        a.replaces("orders", "10.0.0.2:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.2:80", "10.0.0.9:80");
        assertThat(house.list("bills")).containsExactly("10.0.0.1:80");
    }
}

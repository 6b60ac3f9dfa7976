// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Answer;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A revision is one more visible change, no less and no more. */
class RevisionTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");

    @Test
    void anUnknownServiceHasAnEmptyListAtRevisionZero() {
        assertThat(house.list("orders")).isEmpty();
        assertThat(house.revision("orders")).isZero();
        assertThat(house.registry().exists(Words.service("orders"))).isFalse();
    }

    @Test
    void whatArrivesTogetherIsOneRevision() {
        a.registers("orders", "10.0.0.1:80");
        a.registers("orders", "10.0.0.2:80", "10.0.0.3:80");
        house.settle();
        assertThat(house.revision("orders")).isEqualTo(1);
        assertThat(house.list("orders")).hasSize(3);
    }

    @Test
    void whatArrivesApartIsSeveral() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        assertThat(house.revision("orders")).isEqualTo(2);
    }

    @Test
    void registeringTheSameAgainIsNoNews() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        Answer again = a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(again.revision()).isEqualTo(1);
        assertThat(house.revision("orders")).isEqualTo(1);
    }

    @Test
    void comingAndGoingWithinABatchIsNoNews() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        a.registers("orders", "10.0.0.2:80");
        a.deregisters("orders", "10.0.0.2:80");
        house.settle();
        assertThat(house.revision("orders")).isEqualTo(1);
    }

    @Test
    void aDisabledInstanceIsRegisteredButNobodySeesIt() {
        Answer answer = a.registers("orders", Words.at("10.0.0.1:80").withEnabled(false));
        house.settle();
        assertThat(answer.isOk()).isTrue();
        assertThat(house.revision("orders")).isZero();
        assertThat(house.registry().exists(Words.service("orders"))).isTrue();
        a.registers("orders", Words.at("10.0.0.1:80"));
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aListIsSortedByAddressPortAndCluster() {
        a.registers("orders", "10.0.0.2:80", "10.0.0.1:90", "10.0.0.1:9", "10.0.0.1:90/blue", "10.0.0.1:90/EAST");
        house.settle();
        assertThat(house.list("orders"))
                .containsExactly("10.0.0.1:9", "10.0.0.1:90", "10.0.0.1:90/EAST", "10.0.0.1:90/blue", "10.0.0.2:80");
    }

    @Test
    void aServiceThatWasGoneAndComesBackNeverRepeatsARevision() {
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        a.deregisters("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.registry().heldServiceCount()).isZero();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.revision("orders")).isEqualTo(3);
    }

    @Test
    void oneServicesChangesAreNotAnothers() {
        a.registers("orders", "10.0.0.1:80");
        a.registers("bills", "10.0.0.1:80");
        house.settle();
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        assertThat(house.revision("bills")).isEqualTo(1);
    }

    @Test
    void anAcknowledgementMeansThatEveryReaderSeesIt() {
        boolean[] seen = {false};
        a.registers(
                "orders",
                List.of(Words.at("10.0.0.1:80")),
                () -> seen[0] = house.list("orders").contains("10.0.0.1:80"));
        house.settle();
        assertThat(seen[0]).isTrue();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Answer;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fact is a claim: who says that which instance serves which service. */
class ClaimsTest {

    private final House house = House.withOneLoop();

    @Test
    void aLateDisconnectLeavesTheReconnectedInstanceAlone() {
        Provider before = house.provider("a");
        before.registers("orders", "10.0.0.1:80");
        house.settle();
        Provider after = house.provider("a");
        after.registers("orders", "10.0.0.1:80");
        house.settle();
        before.disconnects();
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
        assertThat(house.revision("orders")).isEqualTo(1);
        assertThat(house.registry().claimCount()).isEqualTo(1);
    }

    @Test
    void theNewestOfTwoClaimsIsSeenAndTheOlderComesBackWhenItGoes() {
        Provider a = house.provider("a");
        Provider b = house.provider("b");
        a.registers("orders", Words.at("10.0.0.1:80", Map.of("by", "a")));
        house.settle();
        b.registers("orders", Words.at("10.0.0.1:80", Map.of("by", "b")));
        house.settle();
        assertThat(seenBy()).isEqualTo("b");
        assertThat(house.operator().claims("orders"))
                .extracting(ClaimView::isNewest)
                .containsExactly(true, false);
        b.disconnects();
        house.settle();
        assertThat(seenBy()).isEqualTo("a");
    }

    @Test
    void anOlderPublisherThatRegistersAgainIsTheNewest() {
        Provider a = house.provider("a");
        a.registers("orders", Words.at("10.0.0.1:80", Map.of("by", "a")));
        house.provider("b").registers("orders", Words.at("10.0.0.1:80", Map.of("by", "b")));
        a.registers("orders", Words.at("10.0.0.1:80", Map.of("by", "a")));
        house.settle();
        assertThat(seenBy()).isEqualTo("a");
        assertThat(house.registry().claimCount()).isEqualTo(2);
    }

    @Test
    void aClaimInTheMiddleCanBeTakenOut() {
        Provider a = house.provider("a");
        Provider b = house.provider("b");
        Provider c = house.provider("c");
        for (Provider each : List.of(a, b, c)) {
            each.registers("orders", "10.0.0.1:80");
        }
        b.deregisters("orders", "10.0.0.1:80");
        c.disconnects();
        house.settle();
        assertThat(house.operator().claims("orders"))
                .extracting(claim -> claim.registration().publisher())
                .containsExactly(a.client());
        a.disconnects();
        house.settle();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void aClaimCannotBeTakenBackByAnother() {
        house.provider("a").registers("orders", "10.0.0.1:80");
        Answer answer = house.provider("b").deregisters("orders", "10.0.0.1:80");
        house.settle();
        assertThat(answer.refusal().code()).isEqualTo(RegistryException.Code.NOT_FOUND);
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void deregisteringIsAllOrNothing() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        Answer answer = a.deregisters("orders", "10.0.0.1:80", "10.0.0.3:80");
        house.settle();
        assertThat(answer.refusal()).hasMessageContaining("10.0.0.3:80").hasMessageContaining("register again");
        assertThat(house.list("orders")).hasSize(2);
    }

    @Test
    void aClaimNamedTwiceInOneDeregistrationIsTakenBackOnce() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        a.deregisters("orders", "10.0.0.1:80", "10.0.0.1:80");
        house.settle();
        assertThat(house.registry().claimCount()).isEqualTo(1);
    }

    @Test
    void allThatAClientPublishesInAServiceCanBeTakenBackAtOnce() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        a.registers("bills", "10.0.0.1:80");
        a.deregistersAll("orders");
        house.settle();
        assertThat(house.list("orders")).isEmpty();
        assertThat(house.list("bills")).hasSize(1);
        Answer again = a.deregistersAll("orders");
        house.settle();
        assertThat(again.refusal().code()).isEqualTo(RegistryException.Code.NOT_FOUND);
    }

    @Test
    void aClientThatHasEndedCanPublishNothing() {
        Provider a = house.provider("a");
        a.disconnects();
        Answer answer = a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(answer.refusal().code()).isEqualTo(RegistryException.Code.UNAVAILABLE);
        assertThat(house.registry().heldServiceCount()).isZero();
        assertThat(house.registry().claimCount()).isZero();
    }

    @Test
    void aClientThatEndsWhileItsRegistrationWaitsLeavesNothing() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80");
        a.disconnects();
        house.settle();
        assertThat(house.registry().claimCount()).isZero();
        assertThat(house.list("orders")).isEmpty();
    }

    private String seenBy() {
        return String.valueOf(house.instances("orders").get(0).metadata().get("by"));
    }
}

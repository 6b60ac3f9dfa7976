// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Answer;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Operator;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import org.junit.jupiter.api.Test;

/** What an operator says is kept apart from what the application registered. */
class OverrideTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");
    private final Operator operator = house.operator();

    @Test
    void aDisabledInstanceIsSeenByNobodyUntilThatIsUndone() {
        a.registers("orders", "10.0.0.1:80");
        operator.disables("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).isEmpty();
        operator.undoes("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void anOverrideSurvivesTheReconnectOfItsApplication() {
        a.registers("orders", "10.0.0.1:80");
        operator.weighs("orders", "10.0.0.1:80", 7);
        house.settle();
        a.disconnects();
        house.settle();
        assertThat(house.list("orders")).isEmpty();
        house.provider("a").registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 weight 7.0");
    }

    @Test
    void anOverrideMayComeBeforeItsInstance() {
        operator.disables("orders", "10.0.0.1:80");
        house.settle();
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.2:80");
    }

    @Test
    void anInstanceThatItsApplicationDisabledCanBeEnabled() {
        a.registers("orders", Words.at("10.0.0.1:80").withEnabled(false));
        operator.enables("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void whatALaterOverrideLeavesOutStays() {
        a.registers("orders", "10.0.0.1:80");
        operator.weighs("orders", "10.0.0.1:80", 7);
        operator.disables("orders", "10.0.0.1:80");
        operator.enables("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 weight 7.0");
    }

    @Test
    void overridesAreListedWithTheirServices() {
        operator.weighs("orders", "10.0.0.1:80", 7);
        operator.disables("bills", "10.0.0.2:80");
        var overrides = house.registry().overrides();
        house.settle();
        assertThat(overrides.join())
                .containsExactlyInAnyOrder(
                        new OverrideView(
                                Words.service("orders"), Words.key("10.0.0.1:80"), new InstanceOverride(null, 7.0)),
                        new OverrideView(
                                Words.service("bills"), Words.key("10.0.0.2:80"), new InstanceOverride(false, null)));
    }

    @Test
    void undoingWhatWasNeverSaidIsRefused() {
        Answer answer = operator.undoes("orders", "10.0.0.1:80");
        house.settle();
        assertThat(answer.refusal().code()).isEqualTo(RegistryException.Code.NOT_FOUND);
    }

    @Test
    void aServiceWithAnOverrideExistsUntilItIsUndone() {
        operator.disables("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.registry().exists(Words.service("orders"))).isTrue();
        operator.undoes("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.registry().exists(Words.service("orders"))).isFalse();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void anOverrideSpeaksOfOneKeyOnly() {
        a.registers("orders", "10.0.0.1:80", "10.0.0.1:80/blue");
        operator.disables("orders", "10.0.0.1:80/blue");
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }
}

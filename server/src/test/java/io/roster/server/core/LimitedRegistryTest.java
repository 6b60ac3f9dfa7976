// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static io.roster.server.core.RegistryException.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Answer;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import org.junit.jupiter.api.Test;

/** Every bound of the registry, and what it does when it is full. */
class LimitedRegistryTest {

    /** 2 instances a client, 3 services, 4 instances, 1 override. */
    private static final Limits SMALL =
            new Limits(64, 128, 512, 64, 1_024, 2, 10, 3, 4, 1, LossLimits.DEFAULT, BeatLimits.DEFAULT);

    private final House house = new House(1, SMALL);

    @Test
    void aClientMayPublishSoManyInstances() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        refused(a.registers("bills", "10.0.0.3:80"), "instances-per-client: 2");
        assertThat(house.list("bills")).isEmpty();
    }

    @Test
    void aBatchThatGoesOverIsRefusedAsAWhole() {
        Provider a = house.provider("a");
        refused(a.registers("orders", "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"), "instances-per-client: 2");
        assertThat(house.registry().claimCount()).isZero();
        assertThat(house.registry().heldServiceCount()).isZero();
    }

    @Test
    void aFullClientMayReplaceWhatItHas() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        Answer again = a.registers("orders", Words.at("10.0.0.1:80").withWeight(5));
        house.settle();
        assertThat(again.isOk()).isTrue();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80 weight 5.0", "10.0.0.2:80");
    }

    @Test
    void aServerHoldsSoManyInstances() {
        house.provider("a").registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.provider("b").registers("orders", "10.0.0.3:80", "10.0.0.4:80");
        Provider c = house.provider("c");
        refused(c.registers("orders", "10.0.0.5:80"), "max-instances: 4");
        assertThat(house.list("orders")).hasSize(4);
    }

    @Test
    void aFullServerStillTakesWhatItHasAlready() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.provider("b").registers("orders", "10.0.0.3:80", "10.0.0.4:80");
        Answer again = a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        assertThat(again.isOk()).isTrue();
    }

    @Test
    void aFullServerHasRoomAgainWhenSomebodyLeaves() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.provider("b").registers("orders", "10.0.0.3:80", "10.0.0.4:80");
        a.disconnects();
        Answer answer = house.provider("c").registers("orders", "10.0.0.5:80");
        house.settle();
        assertThat(answer.isOk()).isTrue();
    }

    @Test
    void aServerHoldsSoManyServices() {
        house.provider("a").registers("s1", "10.0.0.1:80");
        house.provider("b").registers("s2", "10.0.0.1:80");
        house.provider("c").registers("s3", "10.0.0.1:80");
        refused(house.provider("d").registers("s4", "10.0.0.1:80"), "max-services: 3");
        refused(house.operator().setsThreshold("s4", 0.5), "max-services: 3");
    }

    @Test
    void aShardHoldsSoManyOverrides() {
        house.operator().disables("orders", "10.0.0.1:80");
        refused(house.operator().disables("orders", "10.0.0.2:80"), "max-overrides: 1");
    }

    @Test
    void anOverrideInForceCanBeAmendedThoughThereIsNoRoomForAnother() {
        house.operator().disables("orders", "10.0.0.1:80");
        Answer answer = house.operator().enables("orders", "10.0.0.1:80");
        house.settle();
        assertThat(answer.isOk()).isTrue();
    }

    @Test
    void aCommandIsRefusedWhileTheMailboxIsFull() {
        house.loops().get(0).mailboxLimit(1);
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80");
        Answer refusedAtOnce = a.registers("orders", "10.0.0.2:80");
        assertThat(refusedAtOnce.refusal().code()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(refusedAtOnce.refusal().retryAfterMs()).isPositive();
        assertThat(house.registry().refusedCount()).isEqualTo(1);
        house.settle();
        assertThat(house.list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aReleaseIsTakenThoughTheMailboxIsFull() {
        Provider a = house.provider("a");
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        house.loops().get(0).mailboxLimit(0);
        a.disconnects();
        house.settle();
        assertThat(house.registry().claimCount()).isZero();
    }

    private void refused(Answer answer, String limit) {
        house.settle();
        assertThat(answer.refusal().code()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(answer.refusal()).hasMessageStartingWith(limit);
    }
}

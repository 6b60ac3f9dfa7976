// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseTest {

    @Test
    void oneBeatIsEnoughForAllWhileNobodyWasJudgedSilent() {
        Lease lease = new Lease(0);
        assertThat(lease.beat(5)).isTrue();
        assertThat(lease.lastBeatMs()).isEqualTo(5);
    }

    @Test
    void theFirstBeatAfterAJudgementAsksForABeatOfEachClaim() {
        Lease lease = new Lease(0);
        lease.lapse();
        assertThat(lease.beat(5)).isFalse();
        assertThat(lease.beat(6)).isTrue();
    }

    @Test
    void aBeatForOneClaimDoesNotHideThatOthersNeedOne() {
        Lease lease = new Lease(0);
        lease.lapse();
        lease.stamp(5);
        assertThat(lease.lastBeatMs()).isEqualTo(5);
        assertThat(lease.beat(6)).isFalse();
    }
}

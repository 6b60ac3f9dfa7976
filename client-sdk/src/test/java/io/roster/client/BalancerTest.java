// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BalancerTest {
    private final Balancer balancer = new Balancer();

    @Test
    void picksEachAsOftenAsItsWeightSaysAndEvenlySpread() {
        assertThat(picks(7, of(weighted(1, 5), weighted(2, 1), weighted(3, 1)))).containsExactly(1, 1, 2, 1, 3, 1, 1);
    }

    @Test
    void neverPicksWeightZero() {
        assertThat(picks(10, of(weighted(1, 0), weighted(2, 0.1)))).containsOnly(2);
        assertThat(balancer.next(of(weighted(1, 0)))).isEmpty();
    }

    @Test
    void picksOnlyTheHealthy() {
        assertThat(picks(10, of(weighted(1, 1), sick(2)))).containsOnly(1);
        assertThat(balancer.next(of(sick(2)))).isEmpty();
    }

    @Test
    void picksFromAllWhileTheServiceIsProtected() {
        InstanceList list = new InstanceList(
                List.of(weighted(1, 1), sick(2)), InstanceList.Age.CURRENT, new InstanceList.Flags(true, false));

        assertThat(picks(4, list)).containsExactly(1, 2, 1, 2);
    }

    @Test
    void aChangedListDoesNotBeginTheRoundAnew() {
        assertThat(picks(1, of(weighted(1, 1), weighted(2, 1)))).containsExactly(1);

        assertThat(picks(2, of(weighted(1, 1), weighted(2, 1), sick(3)))).containsExactly(2, 1);
    }

    private List<Integer> picks(int times, InstanceList list) {
        return IntStream.range(0, times)
                .mapToObj(any -> balancer.next(list).orElseThrow().port())
                .toList();
    }

    private static InstanceList of(Instance... instances) {
        return new InstanceList(List.of(instances), InstanceList.Age.CURRENT, InstanceList.Flags.NONE);
    }

    private static Instance weighted(int port, double weight) {
        return Instance.builder("10.0.0.1", port).weight(weight).build();
    }

    private static Instance sick(int port) {
        return Instance.builder("10.0.0.1", port).healthy(false).build();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Which connections may stay. */
class ConnectionLimitTest {

    private static final InetAddress ANN = address(1);
    private static final InetAddress BOB = address(2);

    private final ConnectionLimit limit = new ConnectionLimit("max-connections", 3, 2, () -> 0);

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void soManyOfAnAddressAndSoManyInAll() {
        assertThat(limit.enter(ANN)).isTrue();
        assertThat(limit.enter(ANN)).isTrue();
        assertThat(limit.enter(ANN)).as("a third of one address").isFalse();
        limit.leave(ANN);
        assertThat(limit.enter(BOB)).isTrue();
        assertThat(limit.enter(BOB)).as("a fourth in all").isFalse();
        limit.leave(BOB);
        assertThat(limit.count()).isEqualTo(3);
    }

    @Test
    void whoLeavesMakesRoom() {
        for (int i = 0; i < 100; i++) {
            assertThat(limit.enter(ANN)).isTrue();
            assertThat(limit.enter(ANN)).isTrue();
            assertThat(limit.enter(BOB)).isTrue();
            limit.leave(ANN);
            limit.leave(BOB);
            limit.leave(ANN);
            assertThat(limit.count()).isZero();
        }
    }
}

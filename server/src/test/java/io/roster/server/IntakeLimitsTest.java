// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ports take in, by what was said and by what there is. */
class IntakeLimitsTest {

    private final ServerConfig defaults = ServerConfig.defaults();

    @Test
    void theFilesThatTheProcessMayOpenAndItsHeapAreSharedOut() {
        assertThat(defaults.intake(1_000, 4_000)).isEqualTo(new IntakeLimits(700, 350, 200, 100, 1_000));
        assertThat(defaults.intake(1_048_576, 4_000))
                .isEqualTo(new IntakeLimits(734_003, 367_001, 10_000, 5_000, 1_000));
        assertThat(defaults.intake(1, 4_000)).isEqualTo(new IntakeLimits(1, 1, 1, 1, 1_000));
        assertThat(defaults.intake(Long.MAX_VALUE, 4_000).grpc()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsSaidHolds() {
        ServerConfig said = defaults.with(Setting.MAX_CONNECTIONS, 30)
                .with(Setting.CONNECTIONS_PER_ADDRESS, 20)
                .with(Setting.MAX_HTTP_CONNECTIONS, 10)
                .with(Setting.MAX_UNFINISHED_BYTES, 5);
        assertThat(said.intake(1_000, 4_000)).isEqualTo(new IntakeLimits(30, 20, 10, 20, 5));
        assertThat(said.intake(20, 4_000)).isEqualTo(new IntakeLimits(30, 20, 4, 20, 5));
    }

    @Test
    void whatIsInForceIsShown() {
        Map<String, String> shown = defaults.intake(1_000, 4_000).shownIn(defaults.shown());
        assertThat(shown)
                .containsEntry("max-connections", "700")
                .containsEntry("max-http-connections", "200")
                .containsEntry("connections-per-address", "350 (HTTP: 100)")
                .containsEntry("max-unfinished-bytes", "1000")
                .containsEntry("port", "8848");
    }

    @Test
    void thisProcessMayOpenSomeFiles() {
        assertThat(IntakeLimits.openFiles()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_CONNECTIONS", "CONNECTIONS_PER_ADDRESS", "MAX_UNFINISHED_BYTES"})
    void whatIsNoNumberIsRefused(Setting setting) {
        for (String value : new String[] {"-1", "many", ""}) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(() -> defaults.with(setting, value))
                    .withMessageContaining(setting.key());
        }
    }
}

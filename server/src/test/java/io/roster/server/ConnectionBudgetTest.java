// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many connections are taken in. */
class ConnectionBudgetTest {

    private final ServerConfig defaults = ServerConfig.defaults();

    @Test
    void theFilesThatTheProcessMayOpenAreSharedOut() {
        assertThat(defaults.connections(1_000)).isEqualTo(new ConnectionBudget(700, 350, 200, 100));
        assertThat(defaults.connections(1_048_576)).isEqualTo(new ConnectionBudget(734_003, 367_001, 10_000, 5_000));
        assertThat(defaults.connections(1)).isEqualTo(new ConnectionBudget(1, 1, 1, 1));
        assertThat(defaults.connections(Long.MAX_VALUE).grpc()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsSaidHolds() {
        ServerConfig said = defaults.with(Setting.MAX_CONNECTIONS, 30)
                .with(Setting.CONNECTIONS_PER_ADDRESS, 20)
                .with(Setting.MAX_HTTP_CONNECTIONS, 10);
        assertThat(said.connections(1_000)).isEqualTo(new ConnectionBudget(30, 20, 10, 20));
        assertThat(said.connections(20)).isEqualTo(new ConnectionBudget(30, 20, 4, 20));
    }

    @Test
    void thisProcessMayOpenSome() {
        assertThat(ConnectionBudget.openFiles()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", ""})
    void whatIsNoCountIsRefused(String value) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> defaults.with(Setting.MAX_CONNECTIONS, value))
                .withMessageContaining("max-connections");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> defaults.with(Setting.CONNECTIONS_PER_ADDRESS, value))
                .withMessageContaining("connections-per-address");
    }
}

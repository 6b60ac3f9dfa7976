// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.core.LossLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

    @Test
    void howMuchMayBeLostIsAsInTheRegistryUnlessSaidOtherwise() {
        assertThat(ServerConfig.defaults().limits().losses()).isEqualTo(LossLimits.DEFAULT);
        assertThat(ServerConfig.defaults()
                        .with(Setting.MASS_LOSS_SHARE, "0.25")
                        .with(Setting.MASS_LOSS_MIN_INSTANCES, 3)
                        .with(Setting.MASS_LOSS_WINDOW, 1_000)
                        .limits()
                        .losses())
                .isEqualTo(new LossLimits(0.25, 3, 1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "2", "", "half", "NaN", "1e-3", ".5", "50%"})
    void aShareIsANumberFrom0To1(String value) {
        assertThatThrownBy(() -> ServerConfig.defaults().with(Setting.MASS_LOSS_SHARE, value))
                .isInstanceOf(ConfigException.class)
                .hasMessage("mass-loss-share: " + value + " (expected: a number from 0 to 1)");
    }
}

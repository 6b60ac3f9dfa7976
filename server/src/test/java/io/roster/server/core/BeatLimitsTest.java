// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.server.fixture.Words;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeatLimitsTest {

    @Test
    void anInstanceThatSaysNothingIsAllowedWhatNacosClientsExpect() {
        assertThat(beatsOf(Map.of())).isEqualTo(new BeatLimits(5_000, 15_000, 30_000, true));
        assertThat(beatsOf(Map.of("zone", "a"))).isSameAs(Limits.DEFAULT.beats());
    }

    @Test
    void metadataStandsInForTheServersOwnLimits() {
        BeatLimits own = beatsOf(Map.of(
                "preserved.heart.beat.interval", "1000",
                "preserved.heart.beat.timeout", "3000",
                "preserved.ip.delete.timeout", "9000",
                "preserved.heart.beat.check", "false"));
        assertThat(own).isEqualTo(new BeatLimits(1_000, 3_000, 9_000, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "1e3", " 1", "١", "9999999999999"})
    void aLimitThatIsNoPositiveNumberOfMillisecondsIsRefused(String text) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> beatsOf(Map.of("preserved.heart.beat.timeout", text)))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("metadata[preserved.heart.beat.timeout]"));
    }

    private static BeatLimits beatsOf(Map<String, String> metadata) {
        return Limits.DEFAULT.beatsOf(Words.at("10.0.0.1:80", metadata));
    }
}

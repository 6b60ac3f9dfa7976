// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.BeatLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckersTest {

    @ParameterizedTest
    @CsvSource({
        "0, false, false",
        "14999, false, false",
        "15000, true, false",
        "29999, true, false",
        "30000, true, true"
    })
    void silenceIsJudgedByTheDefaults(long silenceMs, boolean unhealthy, boolean expired) {
        judged(BeatLimits.DEFAULT, silenceMs, unhealthy, expired);
    }

    @ParameterizedTest
    @CsvSource({"999, false, false", "1000, true, false", "1999, true, false", "2000, true, true"})
    void silenceIsJudgedByTheInstancesOwnLimits(long silenceMs, boolean unhealthy, boolean expired) {
        judged(new BeatLimits(500, 1_000, 2_000, true), silenceMs, unhealthy, expired);
    }

    private static void judged(BeatLimits limits, long silenceMs, boolean unhealthy, boolean expired) {
        assertThat(new UnhealthyInstanceChecker().isDue(limits, silenceMs)).isEqualTo(unhealthy);
        assertThat(new ExpiredInstanceChecker().isDue(limits, silenceMs)).isEqualTo(expired);
    }
}

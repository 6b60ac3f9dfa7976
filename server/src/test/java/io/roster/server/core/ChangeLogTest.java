// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Words;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

    private static final int ANY_NUMBER = 1_000;

    @Test
    void tellsTheKeysTouchedAfterARevision() {
        ChangeLog log = log(1, 3);
        assertThat(log.touchedSince(0, ANY_NUMBER)).containsExactlyInAnyOrder(key(1), key(2), key(3));
        assertThat(log.touchedSince(2, ANY_NUMBER)).containsExactly(key(3));
    }

    @Test
    void doesNotKnowWhatWasBeforeItBegan() {
        assertThat(log(5, 8).touchedSince(3, ANY_NUMBER)).isNull();
        assertThat(log(5, 8).touchedSince(4, ANY_NUMBER)).hasSize(4);
    }

    @Test
    void doesNotKnowTheFuture() {
        assertThat(log(1, 3).touchedSince(3, ANY_NUMBER)).isNull();
        assertThat(log(1, 3).touchedSince(9, ANY_NUMBER)).isNull();
    }

    @Test
    void givesUpWhenTheFullListWouldBeShorter() {
        assertThat(log(1, 10).touchedSince(0, 9)).isNull();
        assertThat(log(1, 10).touchedSince(0, 10)).hasSize(10);
    }

    @Test
    void reachesBackFarEnoughForAReconnectAndNoFurtherThanTwiceThat() {
        for (int last = 1; last < 5 * ChangeLog.MAX_DEPTH; last++) {
            ChangeLog log = log(1, last);
            int reach = Math.min(last, ChangeLog.MAX_DEPTH);
            assertThat(log.touchedSince(last - reach, ANY_NUMBER))
                    .as("at %d", last)
                    .hasSize(reach);
            assertThat(log.touchedSince(last - 2 * ChangeLog.MAX_DEPTH - 2, ANY_NUMBER))
                    .as("at %d", last)
                    .isNull();
        }
    }

    private static ChangeLog log(int first, int last) {
        @Nullable ChangeLog log = null;
        for (int revision = first; revision <= last; revision++) {
            log = ChangeLog.of(revision, new InstanceKey[] {key(revision)}, log);
        }
        return Objects.requireNonNull(log);
    }

    private static InstanceKey key(int revision) {
        return Words.key("10.0.0.1:" + revision);
    }
}

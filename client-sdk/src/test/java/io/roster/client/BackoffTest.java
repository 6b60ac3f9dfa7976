// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff = new Backoff(100, 5_000, new Random(1));

    @Property
    void waitsNeitherLessThanNothingNorMoreThanTheMost(@ForAll @IntRange(max = 10_000) int attempt) {
        assertThat(new Backoff(100, 5_000, new Random()).delayMs(attempt)).isBetween(0L, 5_000L);
    }

    @Test
    void theBoundDoublesWithEachAttemptUpToTheMost() {
        assertThat(longest(0)).isBetween(80L, 100L);
        assertThat(longest(1)).isBetween(160L, 200L);
        assertThat(longest(5)).isBetween(2_500L, 3_200L);
        assertThat(longest(6)).isBetween(4_000L, 5_000L);
        assertThat(longest(60)).isBetween(4_000L, 5_000L);
    }

    @Property
    void waitsAtLeastAsLongAsTheServerAsksAndHalfAsLongMoreAtMost(
            @ForAll @IntRange(max = 100) int attempt, @ForAll @IntRange(min = 10_000, max = 60_000) int askedMs) {
        assertThat(new Backoff(100, 5_000, new Random()).delayMs(attempt, askedMs))
                .isBetween((long) askedMs, askedMs * 3L / 2);
    }

    @Test
    void aServerThatAsksForAnHourOrForLessThanNothingIsNotBelieved() {
        assertThat(backoff.delayMs(0, 3_600_000)).isBetween(60_000L, 90_000L);
        assertThat(backoff.delayMs(0, -5)).isBetween(0L, 100L);
    }

    private long longest(int attempt) {
        return LongStream.range(0, 1_000)
                .map(any -> backoff.delayMs(attempt))
                .max()
                .orElseThrow();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterceptorsTest {

    @Test
    void aTaskRunsWhenNothingSpeaksAgainstIt() {
        NotedTask task = new NotedTask(0, 0, 0);
        new HealthCheckTaskInterceptWrapper(List.of(each -> Verdict.RUN, each -> Verdict.RUN)).run(task);
        assertThat(task.fates()).containsExactly("ran");
    }

    @Test
    void theFirstThatHoldsATaskBackIsBelievedAndTheRestAreNotAsked() {
        NotedTask task = new NotedTask(0, 0, 0);
        List<String> asked = new ArrayList<>();
        new HealthCheckTaskInterceptWrapper(List.of(
                        each -> {
                            asked.add("first");
                            return Verdict.RUN;
                        },
                        each -> Verdict.skip("because"),
                        each -> {
                            asked.add("third");
                            return Verdict.RUN;
                        }))
                .run(task);
        assertThat(task.fates()).containsExactly("skipped: because");
        assertThat(asked).containsExactly("first");
    }

    @Test
    void nothingEscapesTheWrapper() {
        NotedTask task = new NotedTask(0, 0, 0);
        new HealthCheckTaskInterceptWrapper(List.of(each -> {
                    throw new IllegalStateException("an interceptor with a defect");
                }))
                .run(task);
        assertThat(task.fates()).isEmpty();
    }

    @Test
    void switchedOffMeansSkipped() {
        assertThat(new HealthCheckEnableInterceptor(() -> true).judge(task(0, 0, 0)))
                .isEqualTo(Verdict.RUN);
        assertThat(new HealthCheckEnableInterceptor(() -> false).judge(task(0, 0, 0)))
                .isEqualTo(Verdict.skip("health checks are switched off"));
    }

    @Test
    void aServerThatHasJustBegunToListenHoldsBack() {
        WarmUpInterceptor warmUp = new WarmUpInterceptor(5_000);
        assertThat(warmUp.judge(task(5_999, 5_999, 1_000)))
                .isEqualTo(Verdict.skip("the server has listened for only 4999 of 5000 ms"));
        assertThat(warmUp.judge(task(6_000, 6_000, 1_000))).isEqualTo(Verdict.RUN);
    }

    @Test
    void aRoundThatIsItselfLateByMoreThanABeatHoldsBack() {
        LateSweepInterceptor late = new LateSweepInterceptor(5_000);
        assertThat(late.judge(task(10_000, 15_000, 0))).isEqualTo(Verdict.RUN);
        assertThat(late.judge(task(10_000, 15_001, 0))).isEqualTo(Verdict.skip("the round itself is 5001 ms late"));
    }

    private static HealthCheckTask task(long plannedAtMs, long nowMs, long listeningSinceMs) {
        return new NotedTask(plannedAtMs, nowMs, listeningSinceMs);
    }
}

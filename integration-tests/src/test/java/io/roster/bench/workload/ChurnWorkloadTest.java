// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.bench.result.Figure;
import io.roster.bench.result.Round;
import io.roster.bench.wire.ClientLoops;
import io.roster.bench.wire.NativeWire;
import io.roster.bench.wire.Security;
import io.roster.server.RosterServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChurnWorkloadTest {

    private static final int AFTER_A_WHILE = 60;

    private final AtomicInteger countdown = new AtomicInteger(AFTER_A_WHILE);

    @Test
    void aRightServerIsNotAccused() throws IOException {
        Round round = churn(Meddler::honest);

        assertThat(round.figures()).containsEntry(Figure.WRONG, 0.0);
        assertThat(round.figures().get(Figure.TOLD)).isGreaterThan(AFTER_A_WHILE);
    }

    @Test
    void aServerThatDropsAChangeIsCaught() throws IOException {
        assertThat(violations(() -> Meddler.dropping(countdown))).isPositive();
    }

    @Test
    void aServerThatRepeatsAChangeIsCaught() throws IOException {
        assertThat(violations(() -> Meddler.repeating(countdown))).isPositive();
    }

    @Test
    void aServerThatTellsWhatIsNoLongerTrueIsCaught() throws IOException {
        assertThat(violations(() -> Meddler.stale(countdown))).isPositive();
    }

    @Test
    void aServerThatStopsTellingIsCaught() throws IOException {
        assertThat(violations(() -> Meddler.deaf(countdown))).isPositive();
    }

    private static double violations(Supplier<Meddler> meddlers) throws IOException {
        return churn(meddlers).figures().getOrDefault(Figure.WRONG, 0.0);
    }

    private static Round churn(Supplier<Meddler> meddlers) throws IOException {
        Plan plan = Plan.of(4, 5, 4, 3, 1, 0.5);
        try (RosterServer right = RosterServer.builder().port(0).start();
                MeddlingServer server = new MeddlingServer(right.grpcPort(), meddlers);
                ClientLoops loops = new ClientLoops(1);
                Trial trial = new ChurnWorkload().prepare(subject(server, loops), plan)) {
            return trial.run();
        }
    }

    private static Subject subject(MeddlingServer server, ClientLoops loops) {
        return new Subject("wrong", new NativeWire(Security.NONE), server.address(), loops, 0, null);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import java.util.ArrayList;
import java.util.List;

/** Rounds in which each client asks one thing again and again. */
record RepeatedRequests(
        Subject subject,
        Crowd crowd,
        List<BenchClient> clients,
        List<byte[]> requests,
        int depth,
        int rate,
        double seconds)
        implements Trial {

    @Override
    public Round run() {
        Tally tally = new Tally(crowd.wire());
        Measurement measurement = subject.measurement(crowd);
        long untilNs = System.nanoTime() + (long) (seconds * 1e9);
        List<Script> scripts = new ArrayList<>();
        requests.forEach(request -> scripts.add(Script.repeat(request, untilNs)));
        measurement.start();
        if (rate > 0) {
            crowd.pace(clients, scripts, rate, tally);
        } else {
            crowd.run(clients, scripts, depth, tally);
        }
        measurement.stop();
        return measurement.round(tally);
    }

    @Override
    public void close() {
        crowd.close();
    }
}

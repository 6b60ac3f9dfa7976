// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Script;
import io.roster.bench.load.Tally;
import io.roster.bench.process.JvmTools;
import io.roster.bench.process.Usage;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What streams cost that only exist: each publishes one instance and hears one service. With a rate they beat their hearts,
 * all together so often a second; without one they are silent.
 */
final class IdleWorkload implements Workload {

    private static final int STREAMS_PER_SERVICE = 10;
    private static final double MIB = 1 << 20;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public int warmup(Plan plan) {
        return 0;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        int streams = plan.clients(10_000);
        int rate = plan.rate(0);
        double heapBefore = heap(subject);
        double rssBefore = Usage.of(subject.pid()).rssBytes();
        Crowd crowd = subject.crowd(plan.share(1));
        long startedNs = System.nanoTime();
        List<BenchClient> clients = crowd.connect(streams, rate > 0 ? Lifetime.HEARTBEAT : Lifetime.CONNECTION);
        Settlers.settle(crowd, clients, STREAMS_PER_SERVICE);
        double connectMs = (System.nanoTime() - startedNs) / 1e6;
        return new Hush(subject, crowd, clients, rate, plan.seconds(10), heapBefore, rssBefore, connectMs);
    }

    private static double heap(Subject subject) {
        OptionalDouble heap =
                subject.isOurs() ? new JvmTools(subject.pid()).heapAfterCollection() : OptionalDouble.empty();
        return heap.orElse(Double.NaN);
    }

    private record Hush(
            Subject subject,
            Crowd crowd,
            List<BenchClient> clients,
            int rate,
            double seconds,
            double heapBefore,
            double rssBefore,
            double connectMs)
            implements Trial {

        @Override
        public Round run() {
            Tally tally = new Tally(crowd.wire());
            Measurement measurement = subject.measurement(crowd);
            measurement.start();
            if (rate > 0) {
                long untilNs = System.nanoTime() + (long) (seconds * 1e9);
                List<Script> scripts = new ArrayList<>();
                for (int i = 0; i < clients.size(); i++) {
                    String service = Names.beatenService(i / STREAMS_PER_SERVICE);
                    scripts.add(Script.repeat(crowd.wire().heartbeat(service, Address.of(i)), untilNs));
                }
                crowd.pace(clients, scripts, rate, tally);
            } else {
                sleep();
            }
            measurement.stop();
            Round round = measurement.round(tally).with(Figure.TIME, connectMs);
            if (subject.pid() != 0) {
                double rss = Usage.of(subject.pid()).rssBytes();
                round = round.with(Figure.RSS_PER_STREAM, (rss - rssBefore) / clients.size());
            }
            double heap = heap(subject);
            return Double.isNaN(heap)
                    ? round
                    : round.with(Figure.HEAP_PER_STREAM, (heap - heapBefore) / clients.size())
                            .with(Figure.HEAP, heap / MIB);
        }

        private void sleep() {
            try {
                TimeUnit.MILLISECONDS.sleep((long) (seconds * 1_000));
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            crowd.close();
        }
    }
}

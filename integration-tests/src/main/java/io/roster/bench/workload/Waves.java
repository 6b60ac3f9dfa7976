// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Rounds of fan-out. A wave begins when the publisher sends a change and ends when the last subscriber has heard; its
 * state passes from loop to loop through the counter of those who have not.
 */
final class Waves implements Trial {

    private static final long LONGEST_NS = 120_000_000_000L;
    private static final double NS_PER_US = 1_000;

    private final Subject subject;
    private final Crowd crowd;
    private final BenchClient publisher;
    private final List<BenchClient> subscribers;
    private final double seconds;
    private final AtomicInteger deaf = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile long sentNs;

    Waves(Subject subject, Crowd crowd, BenchClient publisher, List<BenchClient> subscribers, double seconds) {
        this.subject = subject;
        this.crowd = crowd;
        this.publisher = publisher;
        this.subscribers = subscribers;
        this.seconds = seconds;
    }

    @Override
    public Round run() {
        Tally tally = new Tally(crowd.wire());
        ConcurrentHistogram last = new ConcurrentHistogram(LONGEST_NS, 3);
        CountDownLatch over = new CountDownLatch(1);
        Measurement measurement = subject.measurement(crowd);
        long untilNs = System.nanoTime() + (long) (seconds * 1e9);
        for (BenchClient subscriber : subscribers) {
            Tally.Sheet sheet = tally.sheet(subscriber.link());
            subscriber.pushesTo((client, message) -> {
                long nowNs = System.nanoTime();
                sheet.told(nowNs - sentNs);
                if (deaf.decrementAndGet() == 0) {
                    last.recordValue(nowNs - sentNs);
                    if (nowNs - untilNs < 0) {
                        change();
                    } else {
                        over.countDown();
                    }
                }
            });
        }
        measurement.start();
        change();
        crowd.await(over, "the last wave");
        measurement.stop();
        return measurement
                .round(tally)
                .with(Figure.LAST_P50, last.getValueAtPercentile(50) / NS_PER_US)
                .with(Figure.LAST_MAX, last.getMaxValue() / NS_PER_US);
    }

    private void change() {
        deaf.set(subscribers.size());
        byte[] request =
                crowd.wire().register(Names.service(0), Address.of(0), Names.version(changes.incrementAndGet()));
        publisher.execute(() -> {
            sentNs = System.nanoTime();
            publisher.request(request, sentNs, (client, sinceNs, reply) -> {});
        });
    }

    @Override
    public void close() {
        crowd.close();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Lifetime;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One change of one service, told to many; the next change is made when all have heard. */
final class FanoutWorkload implements Workload {

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public int listLength(Plan plan) {
        return plan.instances(100);
    }

    @Override
    public boolean hasPushes() {
        return true;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        BenchClient publisher = Stock.publish(crowd, 1, plan.instances(100));
        List<BenchClient> subscribers = crowd.connect(plan.subscribers(1_000), Lifetime.CONNECTION);
        CountDownLatch listed = new CountDownLatch(subscribers.size());
        for (BenchClient subscriber : subscribers) {
            subscriber.pushesTo((client, message) -> listed.countDown());
            crowd.ask(subscriber, crowd.wire().subscribe(Names.service(0)), () -> {});
        }
        crowd.await(listed, "first lists");
        Calm.await();
        return new Waves(subject, crowd, publisher, subscribers, plan.seconds(2));
    }
}

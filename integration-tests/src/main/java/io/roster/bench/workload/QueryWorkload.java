// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Lifetime;
import java.util.ArrayList;
import java.util.List;

/** Queries of services whose lists are as long as one asks for. */
final class QueryWorkload implements Workload {

    @Override
    public String name() {
        return "query";
    }

    @Override
    public int listLength(Plan plan) {
        return plan.instances(100);
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Crowd crowd = subject.crowd();
        int services = plan.services(10);
        Stock.publish(crowd, services, plan.instances(100));
        int count = plan.clients(10);
        List<BenchClient> clients = crowd.connect(count, Lifetime.CONNECTION);
        List<byte[]> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(crowd.wire().query(Names.service(i % services)));
        }
        return new RepeatedRequests(
                subject, crowd, clients, queries, plan.depth(10, crowd.wire()), plan.rate(0), plan.seconds(2));
    }
}

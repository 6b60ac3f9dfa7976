// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.micro;

import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.core.Ack;
import io.roster.server.core.Fate;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Lease;
import io.roster.server.core.Limits;
import io.roster.server.core.Offer;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryShard;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A look through all claims that live by heartbeats, none of them silent. Used by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class SweepBenchmark {

    private static final int INSTANCES_EACH = 10;

    /** How many services there are, of ten instances each. */
    @Param({"10000", "100000"})
    public int services;

    private final CallersLoop loop = new CallersLoop();
    private final Registry registry = new Registry(List.of(loop), Limits.DEFAULT, 1);
    private final RegistryShard shard = registry.shards().get(0);

    /** Fills the services. */
    @Setup
    public void publish() {
        ConnectionBasedClient client =
                new ConnectionBasedClient("bench", new ClientInfo("bench", "127.0.0.1:1", "", "", Map.of(), 0), 0);
        Lease lease = new Lease(0);
        for (int service = 0; service < services; service++) {
            List<Offer> offers = new ArrayList<>();
            for (int i = 0; i < INSTANCES_EACH; i++) {
                InstanceKey key = new InstanceKey("10.1.1." + (100 + i), service % 60_000 + 1, "DEFAULT");
                offers.add(new Offer(client, new Instance(key, 1, true, true, Map.of()), lease));
            }
            registry.register(
                    new ServiceName(ServiceName.DEFAULT_NAMESPACE, ServiceName.DEFAULT_GROUP, "bench-" + service),
                    offers,
                    Ack.NONE);
            loop.turn();
        }
    }

    /** All of them once. */
    @Benchmark
    public void sweep() {
        shard.sweep((claim, checked, silenceMs) -> silenceMs > 0 ? Fate.REMOVE : Fate.KEEP);
        loop.turn();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.micro;

import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.core.Ack;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Limits;
import io.roster.server.core.Offer;
import io.roster.server.core.Registry;
import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import io.roster.server.protocol.grpc.NativeEncoding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** One change of one service that somebody listens to: applied, told apart, encoded. Used by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmark {

    private static final ServiceName SERVICE =
            new ServiceName(ServiceName.DEFAULT_NAMESPACE, ServiceName.DEFAULT_GROUP, "bench");

    /** How long the list is. */
    @Param({"10", "100", "1000"})
    public int instances;

    private final CallersLoop loop = new CallersLoop();
    private final Registry registry = new Registry(List.of(loop), Limits.DEFAULT, 1);
    private final ConnectionBasedClient client =
            new ConnectionBasedClient("bench", new ClientInfo("bench", "127.0.0.1:1", "", "", Map.of(), 0), 0);
    private int changes;

    /** Fills the service. */
    @Setup
    public void publish() {
        registry.listen(SERVICE, snapshot -> {});
        for (int i = 0; i < instances; i++) {
            registry.register(SERVICE, List.of(new Offer(client, instance(i), null)), Ack.NONE);
        }
        loop.turn();
    }

    private Instance instance(int number) {
        InstanceKey key =
                new InstanceKey("10.1." + (100 + number / 100) + '.' + (100 + number % 100), 8_080, "DEFAULT");
        return new Instance(key, 1, true, true, Map.of("version", String.valueOf(++changes)));
    }

    /** A registration that changes the list, up to the new list. */
    @Benchmark
    public ServiceSnapshot apply() {
        int number = changes % instances;
        registry.register(SERVICE, List.of(new Offer(client, instance(number), null)), Ack.NONE);
        loop.turn();
        return registry.snapshot(SERVICE);
    }

    /** The same, and what differs from the list before. */
    @Benchmark
    public ServiceChange applyAndDiff() {
        ServiceSnapshot now = apply();
        return Objects.requireNonNull(now.since(now.revision() - 1, View.ALL));
    }

    /** The same, and the bytes of what differs. */
    @Benchmark
    public Object applyDiffAndEncode() {
        return Objects.requireNonNull(NativeEncoding.diff(applyAndDiff()));
    }

    /** The bytes of a list that nobody has asked for yet. */
    @Benchmark
    public Object applyAndEncodeList() {
        return NativeEncoding.full(apply());
    }

    /** An instance as it comes from a wire, with its digest. */
    @Benchmark
    public long digest() {
        return instance(changes % instances).digest();
    }
}

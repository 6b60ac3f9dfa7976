// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.storage.v1.Record;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ClientManager;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Holder;
import io.roster.server.client.IpPortBasedClient;
import io.roster.server.client.Pauses;
import io.roster.server.client.SessionHash;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.Instance;
import io.roster.server.core.Lease;
import io.roster.server.core.Limits;
import io.roster.server.core.Offer;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceRecord;
import io.roster.server.health.HealthChecks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One life of a server, without wires. */
final class Life {

    static final long PROBATION_MS = 10_000;
    private static final AtomicLong EPOCHS = new AtomicLong();

    final SelfTurningLoop loop = new SelfTurningLoop();
    final Registry registry;
    final ClientManager clients;

    Life() {
        this(Limits.DEFAULT);
    }

    Life(Limits limits) {
        registry = new Registry(List.of(loop, loop), limits, EPOCHS.incrementAndGet());
        clients = new ClientManager(10_000, registry::release, new Pauses(List.of(), 0));
        registry.shards().forEach(shard -> HealthChecks.start(shard, 5_000, BeatLimits.DEFAULT, () -> true));
    }

    /** The next life, which begins with what this one has. */
    Life next() {
        Life next = new Life();
        next.begin(records());
        return next;
    }

    void begin(Iterator<Record> records) {
        WarmStart start = new WarmStart(registry, clients, loop, PROBATION_MS);
        records.forEachRemaining(start::take);
        start.finish();
    }

    Iterator<Record> records() {
        return RecordWriter.records(services());
    }

    List<ServiceRecord> services() {
        return registry.records().join();
    }

    static ServiceName service(String name) {
        return new ServiceName("public", "DEFAULT_GROUP", name);
    }

    static SessionHash session(String id) {
        return SessionHash.of(id.getBytes(StandardCharsets.UTF_8));
    }

    static ClientInfo info(String app) {
        return new ClientInfo("native", "10.9.9.9:" + app.length(), app, "sdk 1", Map.of("zone", "a"), 1_234);
    }

    ConnectionBasedClient stream(String id) {
        ConnectionBasedClient client =
                new ConnectionBasedClient(id, info(id), loop.nowMs(), session(id), then -> then.run(), 3_000);
        assertThat(clients.open(client)).isTrue();
        return client;
    }

    @Nullable
    ConnectionBasedClient returns(String id, Holder holder) {
        return clients.takeOver(session(id), holder, info(id), 3_000, () -> {});
    }

    void registers(ConnectionBasedClient client, String service, Instance instance) {
        register(service, new Offer(client, instance, null));
    }

    void registers(String service, Instance instance) {
        IpPortBasedClient client = Objects.requireNonNull(
                clients.ipPort(instance.key().ip(), instance.key().port(), info("beats"), loop.nowMs()));
        register(service, new Offer(client, instance, new Lease(loop.nowMs())));
    }

    private void register(String service, Offer offer) {
        registry.register(service(service), List.of(offer), Life::done);
    }

    /** What is asked must not be refused. */
    static void done(long revision, @Nullable RegistryException refusal) {
        assertThat(refusal).isNull();
    }

    /** Everything that outlives a life, in words, by service. */
    Map<String, List<String>> inWords() {
        Map<String, List<String>> words = new TreeMap<>();
        for (ServiceRecord service : services()) {
            List<String> lines = new ArrayList<>();
            lines.add(service.settings().toString());
            new TreeMap<>(service.overrides()).forEach((key, override) -> lines.add(key + " " + override));
            service.claims().stream()
                    .map(claim -> claim.instance().key() + " of " + claim.publisher() + " "
                            + claim.publisher().info() + " "
                            + claim.publisher().getClass().getSimpleName() + " "
                            + claim.instance()
                            + (claim.publisher() instanceof ConnectionBasedClient stream
                                    ? " " + stream.session() + " " + stream.graceMs()
                                    : ""))
                    .sorted()
                    .forEach(lines::add);
            lines.add(registry.snapshot(service.name()).all().instances().toString());
            words.put(service.name().toString(), lines);
        }
        return words;
    }

    List<String> list(String service) {
        return registry.snapshot(service(service)).all().instances().stream()
                .map(instance -> instance.key().ip())
                .toList();
    }

    long revision(String service) {
        return registry.snapshot(service(service)).revision();
    }
}

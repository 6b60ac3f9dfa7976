// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.roster.bench.process.JvmTools;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.GetServerRequest;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.ListSubscribersRequest;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A program that stops reading costs a bounded number of bytes, is then told each service once, or is given up. */
class StalledReaderIT {

    private static final int READERS = 20;
    private static final int SERVICES = 50;
    private static final int INSTANCES = 100;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long WARM_UP_MS = 5_000;
    private static final long CHURN_MS = 15_000;
    private static final long MAX_BYTES_PER_READER = 256 << 10;

    @Test
    void whoStopsReadingWhileItsServicesChurnCostsLittleAndIsThenToldEachOnce() {
        try (RosterProcess server = RosterProcess.start();
                Publisher publisher = new Publisher(server.grpcPort());
                Person person = new Person(server.grpcPort())) {
            IntStream.range(0, SERVICES).forEach(service -> publisher.publishes(service, 1));
            List<DeafReader> readers = new ArrayList<>();
            try {
                for (int i = 0; i < READERS; i++) {
                    readers.add(subscribed(server.grpcPort()));
                }
                // What the server itself remembers of changes is there before: only readers are weighed.
                publisher.churns(WARM_UP_MS);
                JvmTools jvm = new JvmTools(server.pid());
                double before = jvm.heapAfterCollection().orElseThrow();
                readers.forEach(DeafReader::stopsReading);
                long changes = publisher.churns(CHURN_MS);
                double after = jvm.heapAfterCollection().orElseThrow();
                double perReader = (after - before) / READERS;
                System.out.println(String.format(
                        "%d changes of about 1 KB while %d readers did not read: heap %.1f MB -> %.1f MB, %.1f KB per"
                                + " reader",
                        changes, READERS, before / 1e6, after / 1e6, perReader / 1e3));
                assertThat(changes).as("changes, so that it would be noticed").isGreaterThan(2_000);
                assertThat(perReader).isLessThan(MAX_BYTES_PER_READER);
                Map<String, Long> latest = person.latest();
                for (DeafReader reader : readers) {
                    Map<String, Long> told = person.told(reader.clientId());
                    assertThat(told.entrySet())
                            .as("services that wait")
                            .anyMatch(each -> each.getValue() < latest.getOrDefault(each.getKey(), 0L));
                    reader.readsAgain();
                    await().atMost(SOON).until(() -> revisions(reader.heard()).equals(latest));
                    told.forEach((service, revision) -> assertThat(newer(reader.heard(), service, revision))
                            .as("messages about %s after %s", service, revision)
                            .hasSize(revision < latest.getOrDefault(service, 0L) ? 1 : 0));
                }
            } finally {
                readers.forEach(DeafReader::close);
            }
        }
    }

    @Test
    void whoDoesNotReadForTooLongIsGivenUpWithAReason() {
        try (RosterProcess server = RosterProcess.start("--stalled-reader-limit", "2000", "--sweep-period", "200");
                Publisher publisher = new Publisher(server.grpcPort());
                Person person = new Person(server.grpcPort())) {
            IntStream.range(0, SERVICES).forEach(service -> publisher.publishes(service, 1));
            try (DeafReader reader = subscribed(server.grpcPort());
                    DeafReader attentive = subscribed(server.grpcPort())) {
                reader.stopsReading();
                publisher.churns(6_000);
                assertThat(person.stalledStreams()).isEqualTo(1);
                assertThat(attentive.end()).isNull();
                reader.readsAgain();
                await().atMost(SOON).until(() -> reader.end() != null);
                assertThat(reader.end()).satisfies(end -> {
                    assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(end.getDescription()).contains("not read for 2000 ms", "stalled-reader-limit");
                });
            }
        }
    }

    private static DeafReader subscribed(int port) {
        DeafReader reader = new DeafReader(port);
        IntStream.range(0, SERVICES)
                .forEach(service -> reader.says(ClientMessage.newBuilder()
                        .setSubscribe(Subscribe.newBuilder().setService(ref(service)))));
        await().atMost(SOON).until(() -> revisions(reader.heard()).size() == SERVICES);
        return reader;
    }

    /** The last revision heard of each service. */
    private static Map<String, Long> revisions(List<ServerMessage> heard) {
        Map<String, Long> revisions = new HashMap<>();
        for (ServerMessage message : heard) {
            if (message.hasSnapshot()) {
                revisions.put(
                        message.getSnapshot().getService().getName(),
                        message.getSnapshot().getRevision());
            } else if (message.hasDiff()) {
                revisions.put(
                        message.getDiff().getService().getName(),
                        message.getDiff().getToRevision());
            }
        }
        return revisions;
    }

    private static List<Long> newer(List<ServerMessage> heard, String service, long revision) {
        return heard.stream()
                .map(message -> revisions(List.of(message)).getOrDefault(service, -1L))
                .filter(told -> told > revision)
                .toList();
    }

    private static ServiceRef ref(int service) {
        return ServiceRef.newBuilder().setName("s" + service).build();
    }

    /** Publishes every instance of every service, and then changes one talkative instance of one service at a time. */
    private static final class Publisher implements AutoCloseable {

        private final DeafReader stream;
        private long said = 1;

        Publisher(int port) {
            stream = new DeafReader(port);
        }

        void publishes(int service, int weight) {
            Register.Builder register = Register.newBuilder().setService(ref(service));
            for (int i = 0; i < INSTANCES; i++) {
                register.addInstances(Instance.newBuilder()
                        .setIp("10.0." + service + '.' + i)
                        .setPort(8_080)
                        .setWeight(weight)
                        .putMetadata("zone", "east"));
            }
            says(register);
        }

        private void changes(int service, int weight) {
            says(Register.newBuilder()
                    .setService(ref(service))
                    .addInstances(Instance.newBuilder()
                            .setIp("10.0." + service + ".0")
                            .setPort(8_080)
                            .setWeight(weight)
                            .putMetadata("words", "x".repeat(1_000))));
        }

        private void says(Register.Builder register) {
            stream.says(ClientMessage.newBuilder().setRegister(register));
            said++;
            // The welcome and an answer for each.
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(SOON)
                    .until(() -> stream.heard().size() == said + 1);
        }

        long churns(long ms) {
            long until = System.nanoTime() + Duration.ofMillis(ms).toNanos();
            int changes = 0;
            while (System.nanoTime() < until) {
                changes(changes % SERVICES, 2 + (int) (said % 9_000));
                changes++;
            }
            return changes;
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** Asks the server what it has told whom. */
    private static final class Person implements AutoCloseable {

        private final ManagedChannel channel;

        Person(int port) {
            channel = Grpc.newChannelBuilderForAddress("127.0.0.1", port, InsecureChannelCredentials.create())
                    .build();
        }

        long stalledStreams() {
            return OperatorGrpc.newBlockingStub(channel)
                    .getServer(GetServerRequest.getDefaultInstance())
                    .getStalledStreams();
        }

        Map<String, Long> told(String clientId) {
            Map<String, Long> told = new HashMap<>();
            for (int service = 0; service < SERVICES; service++) {
                ListSubscribersRequest request = ListSubscribersRequest.newBuilder()
                        .setService(ref(service))
                        .build();
                for (Subscriber each : OperatorGrpc.newBlockingStub(channel)
                        .listSubscribers(request)
                        .getSubscribersList()) {
                    if (each.getClientId().equals(clientId)) {
                        told.put("s" + service, each.getToldRevision());
                    }
                }
            }
            return told;
        }

        Map<String, Long> latest() {
            Map<String, Long> latest = new HashMap<>();
            for (int service = 0; service < SERVICES; service++) {
                latest.put(
                        "s" + service,
                        RegistryGrpc.newBlockingStub(channel)
                                .listInstances(ListInstancesRequest.newBuilder()
                                        .setService(ref(service))
                                        .build())
                                .getRevision());
            }
            return latest;
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}

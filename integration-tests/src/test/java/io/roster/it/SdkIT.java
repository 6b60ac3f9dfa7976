// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.client.Instance;
import io.roster.client.RosterClient;
import io.roster.client.ServiceEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The SDK against the real jar, through the death of either. */
class SdkIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void whatOneProgramRegistersAnotherIsToldBeforeAnyRoundOfChecks() {
        try (RosterProcess server = RosterProcess.start();
                RosterClient provider = connect(server);
                RosterClient consumer = connect(server)) {
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            provider.registerInstance("warm", "10.0.0.1", 1);
            provider.registerInstance("orders", "10.0.0.1", 8080);
            await().atMost(Duration.ofSeconds(5)).until(() -> has(events, "10.0.0.1"));
        }
    }

    @Test
    void aProgramKilledWithoutAWordIsGoneAtOnceIfItAskedForNoGrace() throws Exception {
        isGone(0, Duration.ZERO, Duration.ofSeconds(4));
    }

    @Test
    void aProgramKilledWithoutAWordIsGoneWhenItsGraceIsOver() throws Exception {
        isGone(5_000, Duration.ofMillis(4_500), Duration.ofSeconds(12));
    }

    private static void isGone(long graceMs, Duration atLeast, Duration atMost) throws Exception {
        try (RosterProcess server = RosterProcess.start();
                RosterClient consumer = connect(server)) {
            Process program = SdkProgram.start("127.0.0.1:" + server.grpcPort(), "orders", "10.0.0.7", 8080, graceMs);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().atMost(SOON).until(() -> has(events, "10.0.0.7"));
            program.destroyForcibly();
            await().between(atLeast, atMost).until(() -> !has(events, "10.0.0.7"));
        }
    }

    @Test
    void aProviderWhoseConnectionIsCutAndWhoIsBackWithinItsGraceIsMissedByNobody() throws Exception {
        try (RosterProcess server = RosterProcess.start();
                StallingProxy proxy = new StallingProxy(server.grpcPort());
                RosterClient provider = RosterClient.connect("127.0.0.1:" + proxy.port());
                RosterClient consumer = connect(server)) {
            provider.registerInstance("orders", "10.0.0.7", 8080);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().atMost(SOON).until(() -> has(events, "10.0.0.7"));
            int before = events.size();
            for (int cut = 1; cut <= 5; cut++) {
                proxy.cut();
                int resumed = cut;
                await().atMost(SOON).until(() -> resumptions(server) == resumed);
                // A round trip: what a subscriber was to be told of the return has been told by now.
                assertThat(consumer.getServices("")).isNotEmpty();
            }
            provider.registerInstance("orders", "10.0.0.8", 8080);
            await().atMost(SOON).until(() -> has(events, "10.0.0.8"));
            assertThat(events).hasSize(before + 1);
            assertThat(new Buf(server.grpcPort())
                            .call("roster.v1.Registry/GetService", "{\"service\":{\"name\":\"orders\"}}")
                            .json()
                            .path("revision")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    private static long resumptions(RosterProcess server) {
        return server.output().stream()
                .filter(line -> line.contains(" is back, from "))
                .count();
    }

    @Test
    void aServerKilledAndStartedAgainHasItsProgramsBackAndNobodySeesAnEmptyList() throws Exception {
        RosterProcess first = RosterProcess.start();
        try (first;
                RosterClient provider = connect(first);
                RosterClient consumer = connect(first)) {
            provider.registerInstance("orders", "10.0.0.7", 8080);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().atMost(SOON).until(() -> has(events, "10.0.0.7"));
            int before = events.size();
            first.kill();
            await().atMost(SOON).until(() -> last(events).isStale());
            assertThat(consumer.getAllInstances("orders")).hasSize(1);
            try (RosterProcess second = RosterProcess.startOn(first.port());
                    RosterClient newcomer = connect(second)) {
                await().atMost(SOON)
                        .until(() -> newcomer.getAllInstances("orders").size() == 1);
                await().atMost(SOON).until(() -> !last(events).isStale());
                assertThat(events.subList(before, events.size()))
                        .allSatisfy(event -> assertThat(event.instances()).isNotEmpty());
            }
        }
    }

    @Test
    void aServerThatStopsInOrderIsLeftInOrderAndNobodySeesAnEmptyList() throws Exception {
        RosterProcess first = RosterProcess.start();
        try (first;
                RosterClient provider = connect(first);
                RosterClient consumer = connect(first)) {
            provider.registerInstance("orders", "10.0.0.7", 8080);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().atMost(SOON).until(() -> has(events, "10.0.0.7"));
            int before = events.size();
            first.stop();
            try (RosterProcess second = RosterProcess.startOn(first.port())) {
                await().atMost(SOON).until(() -> !last(events).isStale() && events.size() > before);
                assertThat(second.output()).anyMatch(line -> line.contains(" connected over native"));
            }
            assertThat(events.subList(before, events.size()))
                    .allSatisfy(event -> assertThat(event.instances()).isNotEmpty());
        }
    }

    @Test
    void withTwoServersTheOtherOneIsUsed() throws Exception {
        try (RosterProcess one = RosterProcess.start();
                RosterProcess other = RosterProcess.start();
                RosterClient client = RosterClient.builder()
                        .servers("127.0.0.1:" + one.grpcPort(), "127.0.0.1:" + other.grpcPort())
                        .build()) {
            client.registerInstance("orders", "10.0.0.7", 8080);
            try (RosterClient atOne = connect(one)) {
                (atOne.getAllInstances("orders").isEmpty() ? other : one).kill();
            }
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> client.getAllInstances("orders").size() == 1);
        }
    }

    private static RosterClient connect(RosterProcess server) {
        return RosterClient.connect("127.0.0.1:" + server.grpcPort());
    }

    private static ServiceEvent last(List<ServiceEvent> events) {
        return events.get(events.size() - 1);
    }

    private static boolean has(List<ServiceEvent> events, String ip) {
        return !events.isEmpty()
                && last(events).instances().stream().map(Instance::ip).anyMatch(ip::equals);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.client.RosterClient;
import io.roster.client.ServiceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server ends and the next one begins, while one provider is late and another never returns. */
class RestartIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ORDERS = "{\"service\":{\"name\":\"orders\"}}";

    @TempDir
    private Path folder;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "warm start: {0}")
    @ValueSource(strings = {"false", "true"})
    void nobodysListShrinksWhileAProviderIsLate(String warmStart) throws Exception {
        String[] settings = {"--data-dir", folder.toString(), "--warm-start", warmStart};
        RosterProcess first = RosterProcess.start(settings);
        Process late = SdkProgram.start("127.0.0.1:" + first.grpcPort(), "orders", "10.0.0.7", 7, 5_000);
        try (first;
                RosterClient provider = connect(first);
                RosterClient consumer = connect(first)) {
            provider.registerInstance("orders", "10.0.0.8", 8);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().atMost(SOON)
                    .until(() -> !events.isEmpty() && last(events).instances().size() == 2);
            if (warmStart.equals("true")) {
                awaitWritten();
            }
            int before = events.size();
            signal(late.pid(), "-STOP");
            first.kill();
            try (RosterProcess second = RosterProcess.startOn(first.port(), settings)) {
                TimeUnit.SECONDS.sleep(3);
                signal(late.pid(), "-CONT");
                await().atMost(SOON).until(() -> printed(second, "settled"));
                await().atMost(SOON).until(() -> !last(events).isStale());
                TimeUnit.SECONDS.sleep(1);
                assertThat(events.subList(before, events.size()))
                        .allSatisfy(event -> assertThat(event.instances()).hasSize(2));
                assertThat(printed(second, " is back, from ")).isEqualTo(warmStart.equals("true"));
            }
        } finally {
            late.destroyForcibly();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void afterAWarmStartOperatorsAreObeyedAndWhoeverDoesNotReturnIsGone() throws Exception {
        String[] settings = {"--data-dir", folder.toString(), "--warm-start", "true", "--settling", "4000"};
        RosterProcess first = RosterProcess.start(settings);
        Process lost = SdkProgram.start("127.0.0.1:" + first.grpcPort(), "orders", "10.0.0.7", 7, 1_000);
        try (first;
                RosterClient consumer = connect(first)) {
            new Buf(first.grpcPort())
                    .call(
                            "roster.v1.Operator/SetOverride",
                            "{\"service\":{\"name\":\"orders\"},\"instance\":{\"ip\":\"10.0.0.7\",\"port\":7},\"weight\":5}");
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            signal(lost.pid(), "-STOP");
            first.stop();
            try (RosterProcess second = RosterProcess.startOn(first.port(), settings)) {
                Buf person = new Buf(second.grpcPort());
                assertThat(person.call("roster.v1.Operator/ListClaims", ORDERS)
                                .json()
                                .at("/claims/0/probation")
                                .asBoolean())
                        .isTrue();
                assertThat(person.call("roster.v1.Registry/ListInstances", ORDERS)
                                .json()
                                .at("/instances/0/weight")
                                .asDouble())
                        .isEqualTo(5);
                await().atMost(SOON).until(() -> last(events).instances().isEmpty());
            }
        } finally {
            lost.destroyForcibly();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aTornStateIsSetAsideAndTheServerStartsEmpty() throws Exception {
        Files.writeString(folder.resolve("registry.snapshot"), "ROSTER");
        try (RosterProcess server = RosterProcess.start("--data-dir", folder.toString(), "--warm-start", "true")) {
            assertThat(server.output())
                    .anyMatch(line -> line.contains("WARN")
                            && line.contains("registry.snapshot cannot be used (6 bytes")
                            && line.contains("registry.snapshot.bad-"));
        }
    }

    /** Two periods: one may have begun before the last registration. */
    private void awaitWritten() throws Exception {
        Path state = folder.resolve("registry.snapshot");
        await().atMost(SOON).until(() -> Files.exists(state));
        TimeUnit.SECONDS.sleep(4);
    }

    private static RosterClient connect(RosterProcess server) {
        return RosterClient.connect("127.0.0.1:" + server.grpcPort());
    }

    private static ServiceEvent last(List<ServiceEvent> events) {
        return events.get(events.size() - 1);
    }

    private static boolean printed(RosterProcess server, String text) {
        return server.output().stream().anyMatch(line -> line.contains(text));
    }

    private static void signal(long pid, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}

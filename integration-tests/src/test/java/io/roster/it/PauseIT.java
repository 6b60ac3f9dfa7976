// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.client.RosterClient;
import io.roster.client.RosterClientBuilder;
import io.roster.client.ServiceEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The server's process is stopped for longer than its clients wait for it, and then goes on. */
@Execution(ExecutionMode.CONCURRENT)
class PauseIT {

    /** More than the 30 s after which silence removes, and long after clients have given the connection up. */
    private static final long PAUSE_S = 40;

    /** All clients have come back by then, and all time that was forgiven is over. */
    private static final long AFTERWARDS_S = 15;

    @Test
    void nobodyIsLostForTheServersOwnSilence() throws Exception {
        try (RosterProcess server = RosterProcess.start();
                RosterClient provider = build(server, RosterClient.builder());
                RosterClient hasty = build(server, RosterClient.builder().grace(Duration.ZERO));
                RosterClient beating = build(server, RosterClient.builder().heartbeats());
                RosterClient consumer = build(server, RosterClient.builder())) {
            provider.registerInstance("orders", "10.0.0.1", 1);
            hasty.registerInstance("orders", "10.0.0.2", 2);
            beating.registerInstance("orders", "10.0.0.3", 3);
            List<ServiceEvent> events = new CopyOnWriteArrayList<>();
            consumer.subscribe("orders", events::add);
            await().until(() -> !events.isEmpty());
            signal(server, "-STOP");
            TimeUnit.SECONDS.sleep(PAUSE_S);
            signal(server, "-CONT");
            TimeUnit.SECONDS.sleep(AFTERWARDS_S);
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.instances())
                            .hasSize(3)
                            .allSatisfy(
                                    instance -> assertThat(instance.healthy()).isTrue()));
            assertThat(events.get(events.size() - 1).isStale()).isFalse();
            assertThat(server.output()).anyMatch(line -> line.contains("the server stood still for "));
            provider.deregisterInstance("orders", "10.0.0.1", 1);
            await().until(() -> events.get(events.size() - 1).instances().size() == 2);
        }
    }

    private static RosterClient build(RosterProcess server, RosterClientBuilder builder) {
        return builder.servers("127.0.0.1:" + server.grpcPort()).build();
    }

    private static void signal(RosterProcess server, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(server.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** npm {@code nacos}, unmodified, against the real jar with all defaults. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NpmClientIT {

    private static RosterProcess server;

    /** Registers before all else and is looked at after all else: the other tests pass its time. */
    private static NpmProgram lasting;

    private static long registeredAt;

    @BeforeAll
    static void start() throws Exception {
        server = RosterProcess.start();
        lasting = NpmProgram.start(server.port());
        lasting.tell("register lasting 10.0.0.1 80", "registered");
        registeredAt = System.nanoTime();
    }

    @AfterAll
    static void stop() {
        lasting.close();
        server.close();
    }

    @Test
    @Order(1)
    void aSubscriberHearsInstancesComeAndGo() throws Exception {
        try (NpmProgram provider = NpmProgram.start(server.port());
                NpmProgram subscriber = NpmProgram.start(server.port())) {
            assertThat(provider.tell("status", "status").asText()).isEqualTo("UP");
            provider.tell("register orders 10.0.0.1 80", "registered");
            subscriber.tell("subscribe orders", "subscribed");
            subscriber.hears(10_000, "10.0.0.1:80:true");

            provider.tell("register orders 10.0.0.2 80", "registered");
            subscriber.hears(2_000, "10.0.0.1:80:true", "10.0.0.2:80:true");

            provider.tell("deregister orders 10.0.0.1 80", "deregistered");
            subscriber.hears(2_000, "10.0.0.2:80:true");
            JsonNode listed = subscriber.tell("list orders", "listed");
            assertThat(listed.toString()).isEqualTo("[\"10.0.0.2:80:true\"]");
        }
    }

    @Test
    @Order(2)
    void beatsKeepAnInstanceHealthyForLongerThanSilenceIsAllowed() throws Exception {
        while (System.nanoTime() - registeredAt < TimeUnit.SECONDS.toNanos(42)) {
            assertThat(lasting.tell("list lasting", "listed").toString()).isEqualTo("[\"10.0.0.1:80:true\"]");
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}

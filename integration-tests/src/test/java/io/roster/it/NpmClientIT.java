// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** npm {@code nacos}, unmodified, against the real jar with all defaults, and with TLS and authentication switched on. */
@Execution(ExecutionMode.CONCURRENT)
class NpmClientIT {

    @TempDir
    static Path folder;

    private static RosterProcess server;
    private static Secured secured;
    private static RosterProcess securedServer;

    @BeforeAll
    static void start() throws Exception {
        server = RosterProcess.start();
        secured = new Secured(folder);
        securedServer = RosterProcess.start(secured.options());
    }

    @AfterAll
    static void stop() {
        server.close();
        securedServer.close();
    }

    private static NpmProgram withPassword() throws Exception {
        return NpmProgram.start(securedServer.port(), secured.authority(), "alice", Secured.PASSWORD);
    }

    @Test
    void aSubscriberHearsInstancesComeAndGo() throws Exception {
        try (NpmProgram provider = NpmProgram.start(server.port());
                NpmProgram subscriber = NpmProgram.start(server.port())) {
            hears(provider, subscriber);
        }
    }

    @Test
    void aSubscriberWithAPasswordHearsInstancesComeAndGo() throws Exception {
        try (NpmProgram provider = withPassword();
                NpmProgram subscriber = withPassword()) {
            hears(provider, subscriber);
        }
    }

    private static void hears(NpmProgram provider, NpmProgram subscriber) throws Exception {
        assertThat(provider.tell("status", "status").asText()).isEqualTo("UP");
        provider.tell("register orders 10.0.0.1 80", "registered");
        subscriber.tell("subscribe orders", "subscribed");
        subscriber.hears(10_000, "10.0.0.1:80:true");

        provider.tell("register orders 10.0.0.2 80", "registered");
        subscriber.hears(5_000, "10.0.0.1:80:true", "10.0.0.2:80:true");

        provider.tell("deregister orders 10.0.0.1 80", "deregistered");
        subscriber.hears(5_000, "10.0.0.2:80:true");
        JsonNode listed = subscriber.tell("list orders", "listed");
        assertThat(listed.toString()).isEqualTo("[\"10.0.0.2:80:true\"]");
    }

    @Test
    void beatsKeepAnInstanceHealthyForLongerThanSilenceIsAllowed() throws Exception {
        try (NpmProgram lasting = NpmProgram.start(server.port());
                NpmProgram lastingWithPassword = withPassword()) {
            List<NpmProgram> both = List.of(lasting, lastingWithPassword);
            for (NpmProgram each : both) {
                each.tell("register lasting 10.0.0.1 80", "registered");
            }
            long registeredAt = System.nanoTime();
            while (System.nanoTime() - registeredAt < TimeUnit.SECONDS.toNanos(42)) {
                for (NpmProgram each : both) {
                    assertThat(each.tell("list lasting", "listed").toString()).isEqualTo("[\"10.0.0.1:80:true\"]");
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }
}

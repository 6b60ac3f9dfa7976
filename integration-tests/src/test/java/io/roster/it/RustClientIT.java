// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The Nacos client written in Rust, as Node has it, against the real server. */
class RustClientIT {

    private static final Path PROGRAM = Path.of("src", "test", "js", "rust-naming.mjs");
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void aSubscriberHearsAnInstanceComeAndGoAndComeAndVanish() {
        try (RosterProcess server = RosterProcess.start("--settling", "0");
                ForeignProgram subscriber = program(server);
                ForeignProgram publisher = program(server)) {
            does(subscriber, "subscribe", "subscribed");
            does(publisher, "register 8081", "registered 8081");
            hears(subscriber, "10.0.0.7:8081 zone=a");
            does(subscriber, "list", "listed 10.0.0.7:8081 zone=a");
            does(publisher, "deregister 8081", "deregistered 8081");
            hears(subscriber, "nothing");
            does(publisher, "register 8082", "registered 8082");
            hears(subscriber, "10.0.0.7:8082 zone=a");
            publisher.kill();
            hears(subscriber, "nothing");
            does(subscriber, "list", "listed nothing");
        }
    }

    private static ForeignProgram program(RosterProcess server) {
        return ForeignProgram.node(PROGRAM, "127.0.0.1:" + server.port());
    }

    private static void does(ForeignProgram program, String command, String done) {
        program.tell(command);
        await(done).atMost(SOON).until(() -> program.says(done));
    }

    /** Waits until this is the last it has heard. */
    private static void hears(ForeignProgram subscriber, String what) {
        await(what)
                .atMost(SOON)
                .until(() -> subscriber.output().stream()
                        .filter(line -> line.startsWith("heard "))
                        .reduce("", (earlier, later) -> later)
                        .equals("heard " + what));
    }
}

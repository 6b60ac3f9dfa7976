// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The Nacos client written in Rust, as Node has it, against the real server. */
class RustClientIT {

    private static final Path PROGRAM = Path.of("src", "test", "js", "rust-naming.mjs");
    private static final Duration SOON = Duration.ofSeconds(15);

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aSubscriberHearsAnInstanceComeAndGoAndComeAndVanish() {
        try (RosterProcess server = RosterProcess.start("--settling", "0")) {
            hears(server);
        }
    }

    /** In the clear: this client speaks no TLS. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aSubscriberWithAPasswordHearsThatToo(@TempDir Path folder) throws Exception {
        List<String> options = new ArrayList<>(List.of("--settling", "0"));
        options.addAll(List.of(new Secured(folder).optionsInTheClear(folder.resolve("data"))));
        try (RosterProcess server = RosterProcess.start(options.toArray(new String[0]))) {
            hears(server, "alice", Secured.PASSWORD);
        }
    }

    private static void hears(RosterProcess server, String... credentials) {
        try (ForeignProgram subscriber = program(server, credentials);
                ForeignProgram publisher = program(server, credentials)) {
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

    private static ForeignProgram program(RosterProcess server, String... credentials) {
        List<String> arguments = new ArrayList<>(List.of("127.0.0.1:" + server.port()));
        arguments.addAll(List.of(credentials));
        return ForeignProgram.node(PROGRAM, arguments.toArray(new String[0]));
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

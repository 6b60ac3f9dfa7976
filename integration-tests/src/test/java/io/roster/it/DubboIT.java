// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Dubbo provider and consumer as they are, against the real server: they know of each other through it only. */
class DubboIT {

    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(15);

    /** Dubbo registers either each interface, described in the metadata, or the application, whose metadata says whom to ask. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance"})
    void aCallIsAnsweredByTheProviderThatIsThere(String mode) {
        try (RosterProcess server = RosterProcess.start("--settling", "0");
                ForeignProgram first = provider(server, mode);
                ForeignProgram consumer = dubbo("consumer", List.of(), registry(server, mode))) {
            await().atMost(START).until(() -> first.says("STARTED") && consumer.says("STARTED"));
            isAnswered(consumer, first);
            first.kill();
            try (ForeignProgram second = provider(server, mode)) {
                await().atMost(START).until(() -> second.says("STARTED"));
                isAnswered(consumer, second);
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance"})
    void itIsWithAPasswordOverTls(String mode, @TempDir Path folder) throws Exception {
        Secured secured = new Secured(folder);
        try (RosterProcess server = RosterProcess.start(secured.options());
                ForeignProgram provider = dubbo(
                        "provider",
                        secured.nacosTls(),
                        secured(server, mode),
                        Integer.toString(RosterProcess.freePorts()));
                ForeignProgram consumer = dubbo("consumer", secured.nacosTls(), secured(server, mode))) {
            await().atMost(START).until(() -> provider.says("STARTED") && consumer.says("STARTED"));
            isAnswered(consumer, provider);
        }
    }

    /** Dubbo takes no scheme in an address, but hands on to its Nacos client what else it is told. */
    private static String secured(RosterProcess server, String mode) {
        return registry(server, mode) + "&username=alice&password=" + Secured.PASSWORD
                + "&serverAddr=https://127.0.0.1:" + server.port();
    }

    private static String registry(RosterProcess server, String mode) {
        return "nacos://127.0.0.1:" + server.port() + "?register-mode=" + mode;
    }

    private static ForeignProgram provider(RosterProcess server, String mode) {
        return dubbo("provider", List.of(), registry(server, mode), Integer.toString(RosterProcess.freePorts()));
    }

    private static ForeignProgram dubbo(String role, List<String> options, String registry, String... more) {
        List<String> arguments = new ArrayList<>(List.of(role, registry));
        arguments.addAll(List.of(more));
        return ForeignProgram.java(
                options,
                "dubbo-program/classes",
                "dubbo-program/libs",
                "io.roster.it.dubbo.DubboProgram",
                arguments.toArray(new String[0]));
    }

    /** Calls until this provider has answered. */
    private static void isAnswered(ForeignProgram consumer, ForeignProgram provider) {
        String expected = "Hello Roster, from " + provider.pid();
        await(expected).atMost(SOON).until(() -> {
            consumer.tell("Roster");
            return consumer.says(expected);
        });
    }
}

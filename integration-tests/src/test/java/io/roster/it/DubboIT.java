// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
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
                ForeignProgram consumer = dubbo("consumer", server, mode)) {
            await().atMost(START).until(() -> first.says("STARTED") && consumer.says("STARTED"));
            isAnswered(consumer, first);
            first.kill();
            try (ForeignProgram second = provider(server, mode)) {
                await().atMost(START).until(() -> second.says("STARTED"));
                isAnswered(consumer, second);
            }
        }
    }

    private static ForeignProgram provider(RosterProcess server, String mode) {
        return dubbo("provider", server, mode, Integer.toString(RosterProcess.freePorts()));
    }

    private static ForeignProgram dubbo(String role, RosterProcess server, String mode, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = role;
        arguments[1] = "nacos://127.0.0.1:" + server.port() + "?register-mode=" + mode;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return ForeignProgram.java(
                "dubbo-program/classes", "dubbo-program/libs", "io.roster.it.dubbo.DubboProgram", arguments);
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

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import java.util.ArrayList;
import java.util.List;

/** {@link NacosScenario}s as a process with the jars of one version of the Nacos client. */
final class NacosProgram implements AutoCloseable {

    private final ForeignProgram program;

    private NacosProgram(ForeignProgram program) {
        this.program = program;
    }

    static NacosProgram start(NacosVersion version, int port, String... scenarios) {
        return start(version, List.of(), "127.0.0.1:" + port, scenarios);
    }

    /** The same with a user's password, and over TLS if this version speaks it. */
    static NacosProgram start(
            NacosVersion version, int port, Secured secured, String user, String password, String... scenarios) {
        List<String> options = new ArrayList<>(List.of("-Droster.user=" + user, "-Droster.password=" + password));
        String address = "127.0.0.1:" + port;
        if (version.speaksTls()) {
            options.addAll(secured.nacosTls());
            address = "https://" + address;
        }
        return start(version, options, address, scenarios);
    }

    private static NacosProgram start(NacosVersion version, List<String> options, String address, String... scenarios) {
        List<String> arguments = new ArrayList<>(List.of(address));
        arguments.addAll(List.of(scenarios));
        return new NacosProgram(ForeignProgram.java(
                options,
                "test-classes",
                version.jars(),
                NacosScenario.class.getName(),
                arguments.toArray(new String[0])));
    }

    /** What it has said so far. */
    List<String> output() {
        return program.output();
    }

    /** Lets it go on after it has asked for something. */
    void goOn() {
        program.tell("");
    }

    /** Waits for its end; says whether it came through. */
    boolean passes() throws InterruptedException {
        return program.ends(120_000) && program.output().contains("PASSED");
    }

    @Override
    public void close() {
        program.close();
    }
}

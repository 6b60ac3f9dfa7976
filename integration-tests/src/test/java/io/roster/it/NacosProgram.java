// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import java.nio.file.Path;
import java.util.List;

/** A {@link NacosScenario} as a process with the jars of one version of the Nacos client. */
final class NacosProgram implements AutoCloseable {

    private final ForeignProgram program;

    private NacosProgram(ForeignProgram program) {
        this.program = program;
    }

    static NacosProgram start(String version, int port, String scenario) {
        return new NacosProgram(ForeignProgram.java(
                "test-classes",
                "nacos-clients/" + version,
                NacosScenario.class.getName(),
                "127.0.0.1:" + port,
                scenario));
    }

    /** The same over TLS, with a user's password. */
    static NacosProgram start(String version, int port, String scenario, Path authority, String user, String password) {
        List<String> options = List.of(
                "-Dnacos.remote.client.rpc.tls.enable=true",
                "-Dnacos.remote.client.rpc.tls.trustCollectionChainPath=" + authority,
                "-Dtls.enable=true",
                "-Dtls.client.authServer=true",
                "-Dtls.client.trustCertPath=" + authority,
                "-Droster.user=" + user,
                "-Droster.password=" + password);
        return new NacosProgram(ForeignProgram.java(
                options,
                "test-classes",
                "nacos-clients/" + version,
                NacosScenario.class.getName(),
                "https://127.0.0.1:" + port,
                scenario));
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
        return program.ends(60_000) && program.output().contains("PASSED");
    }

    @Override
    public void close() {
        program.close();
    }
}

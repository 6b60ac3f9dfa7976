// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench;

import io.roster.bench.ceiling.CeilingServer;
import io.roster.bench.load.BenchException;
import io.roster.bench.process.FreePort;
import io.roster.bench.process.ServerProcess;
import io.roster.bench.wire.ClientLoops;
import io.roster.bench.wire.Wire;
import io.roster.bench.workload.Launcher;
import io.roster.bench.workload.Subject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which servers are measured, and how those that the harness starts are started. Used by one thread. */
final class Servers {

    /**
     * Enough for any workload; what a limit costs is not what is measured. A server that is done with need not linger, and
     * one that has begun need not wait for clients of a life before. {@code --server-arg} comes before them.
     */
    private static final List<String> RAISED_LIMITS = List.of(
            "--shutdown-grace=100",
            "--settling=0",
            "--streams-per-address=1000000",
            "--max-http-connections=100000",
            "--instances-per-client=10000000",
            "--subscriptions-per-client=1000000",
            "--max-services=10000000",
            "--max-instances=100000000",
            "--max-waiting-commands=10000000");

    /**
     * What is measured is how fast losses are told, so none are held; and how fast all connect, so none are sent away. Said as
     * variables, which servers that do not know them yet can be started with, too; {@code --server-arg} overrides them.
     */
    private static final Map<String, String> UNGUARDED = Map.of(
            "ROSTER_MASS_LOSS_SHARE",
            "1",
            "ROSTER_MAX_CONNECTS_PER_SECOND",
            "1000000",
            "ROSTER_MAX_CONNECTIONS",
            "1000000",
            "ROSTER_CONNECTIONS_PER_ADDRESS",
            "1000000");

    @Option(names = "--server-jar", paramLabel = "FILE", description = "The server. Default: the one built beside.")
    private @Nullable Path serverJar;

    @Option(
            names = "--server-arg",
            paramLabel = "ARGUMENT",
            description = "For the server, such as --loops=2; not for the plain one.")
    private List<String> serverArguments = new ArrayList<>();

    @Option(names = "--jvm-arg", paramLabel = "ARGUMENT", description = "For the JVM of server and ceiling.")
    private List<String> jvmArguments = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "FILE", description = "Records the server with JDK Flight Recorder.")
    private @Nullable Path profile;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            description = "Measure this server instead of one started here.")
    private @Nullable String target;

    @Option(names = "--target-pid", paramLabel = "PID", description = "The target's process, if on this machine.")
    private long targetPid;

    @Option(names = "--ceiling-loops", paramLabel = "COUNT", description = "Default: one for two processors.")
    private int ceilingLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final List<ServerProcess> started = new ArrayList<>();

    /** Whether the server is one that is started here. */
    boolean areLaunched() {
        return target == null;
    }

    /** The server to measure; if none was named, one that is being started. */
    Subject server(Wire wire, ClientLoops loops) {
        if (target != null) {
            return new Subject("target", wire, address(target), loops, targetPid, null);
        }
        return started("roster", wire, loops, () -> launchServer(wire, serverArguments));
    }

    /** The same server without arguments of the user's, being started. */
    Subject plain(Wire wire, ClientLoops loops) {
        return started("plain", wire, loops, () -> launchServer(wire, List.of()));
    }

    /** A server that does nothing, being started. */
    Subject ceiling(Wire wire, ClientLoops loops) {
        return started(Subject.CEILING, wire, loops, this::launchCeiling);
    }

    private Subject started(String name, Wire wire, ClientLoops loops, Launcher launcher) {
        ServerProcess process = launcher.launch();
        started.add(process);
        return new Subject(name, wire, process.address(), loops, process.pid(), launcher);
    }

    private ServerProcess launchServer(Wire wire, List<String> more) {
        int port = FreePort.withNeighbour(Wire.GRPC_OFFSET);
        return ServerProcess.launch(serverCommand(port, more), UNGUARDED, port + wire.portOffset(), jar());
    }

    private ServerProcess launchCeiling() {
        int port = FreePort.withNeighbour(0);
        return ServerProcess.launch(ceilingCommand(port), Map.of(), port, programPath());
    }

    /** The arguments of java that start the server. */
    private List<String> serverCommand(int port, List<String> more) {
        List<String> command = new ArrayList<>(jvmArguments);
        if (profile != null) {
            command.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + profile);
        }
        Path classArchive = jar().resolveSibling("roster-server.jsa");
        if (Files.exists(classArchive)) {
            command.add("-XX:SharedArchiveFile=" + classArchive);
        }
        command.addAll(List.of("-jar", jar().toString(), "--bind=127.0.0.1", "--port=" + port));
        RAISED_LIMITS.stream()
                .filter(raised -> more.stream().map(Servers::option).noneMatch(option(raised)::equals))
                .forEach(command::add);
        command.addAll(more);
        return command;
    }

    private static String option(String argument) {
        return argument.replaceFirst("=.*", "");
    }

    private List<String> ceilingCommand(int port) {
        List<String> command = new ArrayList<>(jvmArguments);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                CeilingServer.class.getName(),
                String.valueOf(port),
                String.valueOf(ceilingLoops)));
        return command;
    }

    /** Waits until all that were started serve. */
    void awaitListening() {
        started.forEach(ServerProcess::awaitListening);
    }

    /** Ends what was started. */
    void stop() {
        started.forEach(ServerProcess::end);
        started.forEach(ServerProcess::close);
        started.clear();
    }

    private Path jar() {
        List<Path> places = new ArrayList<>();
        if (serverJar != null) {
            places.add(serverJar);
        } else {
            Path here = programDirectory();
            places.add(here.resolve("roster-server.jar"));
            places.add(here.resolve("../../server/target/roster-server.jar").normalize());
            places.add(Path.of("server/target/roster-server.jar"));
            places.add(Path.of("../server/target/roster-server.jar"));
        }
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new BenchException("no server at " + places + "; build it, or say --server-jar"));
    }

    private static Path programDirectory() {
        Path parent = programPath().getParent();
        return parent == null ? Path.of(".") : parent;
    }

    private static Path programPath() {
        return Path.of(URI.create(Servers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    @SuppressWarnings("AddressSelection") // One address of the target is enough.
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException unusable) {
            throw new BenchException("--target: " + text + " (expected: host:port)", unusable);
        }
    }
}

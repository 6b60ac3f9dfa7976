// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench;

import io.roster.bench.load.BenchException;
import io.roster.bench.process.LogLevel;
import io.roster.bench.result.Figure;
import io.roster.bench.result.HtmlReport;
import io.roster.bench.result.JsonLine;
import io.roster.bench.result.Result;
import io.roster.bench.result.Round;
import io.roster.bench.result.Spread;
import io.roster.bench.result.Table;
import io.roster.bench.result.Times;
import io.roster.bench.wire.ClientLoops;
import io.roster.bench.wire.HttpWire;
import io.roster.bench.wire.NacosWire;
import io.roster.bench.wire.NativeWire;
import io.roster.bench.wire.Security;
import io.roster.bench.wire.Wire;
import io.roster.bench.workload.Comparison;
import io.roster.bench.workload.Growth;
import io.roster.bench.workload.Plan;
import io.roster.bench.workload.Subject;
import io.roster.bench.workload.Workload;
import io.roster.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program: runs one workload or all of them and shows what came out. */
@Command(
        name = "roster-bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures a registry, alone or against a gRPC server that does nothing.",
        footer = "Progress goes to standard error; a table and one line of JSON for each workload to standard output.")
public final class Main implements Callable<Integer> {

    @Parameters(
            paramLabel = "WORKLOAD",
            description =
                    "register, heartbeat, query, fanout, churn, idle, kill, freeze, reconnect, startup, million, growth, all, or jmh (the core alone).")
    private String workload = "";

    @Option(names = "--wire", paramLabel = "WIRE", description = "native, nacos (gRPC) or http (Nacos 1.x).")
    private String wireName = "native";

    @Option(
            names = "--vs",
            paramLabel = "OTHER",
            description = "Turn about with another server: ceiling, a gRPC server that does nothing, or plain, the same"
                    + " without --server-arg, --tls-ca and --token.")
    private @Nullable String rival;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Speak TLS; who vouches for the server, PEM. Default: plain text.")
    private @Nullable Path tlsAuthority;

    @Option(names = "--token", paramLabel = "TOKEN", description = "What clients show the server. Default: nothing.")
    private String token = "";

    @Option(names = "--report", paramLabel = "FILE", description = "HTML page with plots.")
    private @Nullable Path report;

    @Option(names = "--client-loops", paramLabel = "COUNT", description = "Default: one for two processors.")
    private int clientLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Mixin
    private Plan plan = new Plan();

    @Mixin
    private Servers servers = new Servers();

    private static final int WRONG_SERVER = 3;

    private static final String PLAIN = "plain";

    private Main() {}

    /** Runs a workload; exit code 1 if it could not be run, 2 if it was not understood, 3 if the server was wrong. */
    public static void main(String[] arguments) {
        LogLevel.warningsOnly();
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println("roster-bench: " + explain(failure));
                    return 1;
                })
                .execute(arguments));
    }

    private static String explain(Throwable failure) {
        return failure instanceof BenchException ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    /** Runs what was asked for. */
    @Override
    public Integer call() throws IOException, RunnerException {
        checkRival();
        if ("jmh".equals(workload)) {
            new Runner(new OptionsBuilder()
                            .include("io\\.roster\\.bench\\.micro")
                            .build())
                    .run();
            return 0;
        }
        long startedNs = System.nanoTime();
        Wire wire = wire(security());
        List<Result> results = new ArrayList<>();
        for (Workload each : workloads(wire)) {
            results.add(shown(run(each, wire)));
        }
        if (isGrowthWanted(wire)) {
            for (Growth.Dimension dimension : Growth.Dimension.values()) {
                growth(dimension, wire).forEach(result -> results.add(shown(result)));
            }
        }
        if (results.size() > 1) {
            Times.of(results, (System.nanoTime() - startedNs) / 1e9).forEach(System.out::println);
        }
        if (report != null) {
            HtmlReport.write(report, results);
        }
        return results.stream().anyMatch(Main::isWrong) ? WRONG_SERVER : 0;
    }

    private Security security() {
        try {
            return Security.of(tlsAuthority, token);
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new BenchException(
                    "--tls-ca: " + tlsAuthority + " (expected: a PEM file of certificates): " + unusable.getMessage(),
                    unusable);
        }
    }

    private void checkRival() {
        if (rival == null) {
            return;
        }
        if (!rival.equals(Subject.CEILING) && !rival.equals(PLAIN)) {
            throw new BenchException("--vs: " + rival + " (expected: ceiling or plain)");
        }
        if (rival.equals(Subject.CEILING) && "http".equals(wireName)) {
            throw new BenchException("--vs ceiling: not over HTTP: what does nothing here is a gRPC server");
        }
        if (rival.equals(Subject.CEILING) && (tlsAuthority != null || !token.isEmpty())) {
            throw new BenchException("--vs ceiling: what does nothing here speaks no TLS and asks nobody for a token"
                    + " (expected: without --tls-ca and --token)");
        }
        if (rival.equals(PLAIN) && !servers.areLaunched()) {
            throw new BenchException("--vs plain: only of a server that is started here (expected: without --target)");
        }
    }

    private static boolean isWrong(Result result) {
        Spread violations = result.server().spreads().get(Figure.WRONG);
        return violations != null && violations.max() > 0;
    }

    private static Result shown(Result result) {
        Table.of(result).forEach(System.out::println);
        System.out.println(JsonLine.of(result));
        return result;
    }

    private List<Workload> workloads(Wire wire) {
        List<Workload> possible = Workloads.over(wire, servers.areLaunched());
        if ("all".equals(workload)) {
            return possible;
        }
        if (Growth.NAME.equals(workload)) {
            return List.of();
        }
        Workload wanted = Workloads.named(workload)
                .orElseThrow(() -> new BenchException("workload: " + workload + " (expected: "
                        + Workloads.all().stream().map(Workload::name).toList() + ", growth, all or jmh)"));
        if (!possible.contains(wanted)) {
            throw new BenchException(workload + ": over " + wireName
                    + (servers.areLaunched() ? "" : " on a server started elsewhere") + " (expected: "
                    + possible.stream().map(Workload::name).toList() + ')');
        }
        return List.of(wanted);
    }

    /** It compares servers that are filled differently, so they must be ours; and they must have something to tell. */
    private boolean isGrowthWanted(Wire wire) {
        boolean possible = wire.hasPushes() && servers.areLaunched();
        if (Growth.NAME.equals(workload) && !possible) {
            throw new BenchException("growth: over " + wireName
                    + " (expected: native or nacos, on servers that are started here, so without --target)");
        }
        return possible && (Growth.NAME.equals(workload) || "all".equals(workload));
    }

    private List<Result> growth(Growth.Dimension dimension, Wire wire) {
        try (ClientLoops loops = new ClientLoops(clientLoops)) {
            List<Subject> sizes = new ArrayList<>();
            for (int i = 0; i < Growth.SIZES; i++) {
                sizes.add(servers.server(wire, loops));
            }
            servers.awaitListening();
            return new Growth(progress(Growth.NAME)).run(dimension, sizes, plan);
        } finally {
            servers.stop();
        }
    }

    /** Every workload has servers of its own, so that none inherits another's heap. */
    private Result run(Workload each, Wire wire) {
        try (ClientLoops loops = new ClientLoops(clientLoops)) {
            Subject server = servers.server(wire, loops);
            Subject other = other(each, wire, loops);
            servers.awaitListening();
            return new Comparison(server, other, progress(each.name())).run(each, plan);
        } finally {
            servers.stop();
        }
    }

    private @Nullable Subject other(Workload workload, Wire wire, ClientLoops loops) {
        if (PLAIN.equals(rival)) {
            return servers.plain(wire(Security.NONE), loops);
        }
        return Subject.CEILING.equals(rival) && workload.hasCeiling() ? servers.ceiling(wire, loops) : null;
    }

    private Wire wire(Security security) {
        return switch (wireName) {
            case "native" -> new NativeWire(security);
            case "nacos" -> new NacosWire(security);
            case "http" -> new HttpWire(security);
            default -> throw new BenchException("--wire: " + wireName + " (expected: native, nacos or http)");
        };
    }

    private static BiConsumer<Subject, Round> progress(String name) {
        return (subject, round) -> System.err.println(name + ' ' + subject.name() + "  " + Table.summary(round));
    }
}

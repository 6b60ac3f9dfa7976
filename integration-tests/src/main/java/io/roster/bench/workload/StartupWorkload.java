// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchException;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Tally;
import io.roster.bench.process.ServerProcess;
import io.roster.bench.process.Usage;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Lifetime;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From the start of the process to the first connection that is welcome, and what an idle server weighs then. */
final class StartupWorkload implements Workload {

    private static final double MIB = 1 << 20;
    private static final long SETTLING_MS = 1_000;

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public boolean needsLauncher() {
        return true;
    }

    /** A server that does nothing was taught nothing yet, and would not answer. */
    @Override
    public boolean hasCeiling() {
        return false;
    }

    @Override
    public int warmup(Plan plan) {
        return 1;
    }

    @Override
    public Trial prepare(Subject subject, Plan plan) {
        Launcher launcher = subject.launcher();
        if (launcher == null) {
            throw new BenchException("startup: only of a server that the harness starts itself");
        }
        return new Start(subject, launcher);
    }

    private record Start(Subject subject, Launcher launcher) implements Trial {

        @Override
        public Round run() {
            long startedNs = System.nanoTime();
            double clientCpuBefore = clientCpu();
            try (ServerProcess process = launcher.launch()) {
                process.awaitListening();
                Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                try (Crowd crowd = new Crowd(subject.wire(), process.address(), subject.loops(), 1)) {
                    crowd.connect(1, Lifetime.CONNECTION);
                    figures.put(Figure.TIME, (System.nanoTime() - startedNs) / 1e6);
                    double seconds = (System.nanoTime() - startedNs) / 1e9;
                    figures.put(Figure.CLIENT_CPU, (clientCpu() - clientCpuBefore) / seconds);
                    figures.put(
                            Figure.STARTUP_CPU, 1e3 * Usage.of(process.pid()).cpuSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(SETTLING_MS);
                figures.put(Figure.RSS_IDLE, Usage.of(process.pid()).rssBytes() / MIB);
                if (Files.isRegularFile(process.program())) {
                    figures.put(Figure.JAR, Files.size(process.program()) / MIB);
                }
                return new Round(figures, new Tally(subject.wire()).latency());
            } catch (IOException failure) {
                throw new BenchException("startup", failure);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interruption);
            }
        }

        private static double clientCpu() {
            return Usage.of(ProcessHandle.current().pid()).cpuSeconds();
        }

        @Override
        public void close() {}
    }
}

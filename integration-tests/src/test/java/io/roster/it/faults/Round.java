// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.Access;
import io.roster.it.faults.Plan.ServerFault;
import io.roster.it.history.Checker;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Promise;
import io.roster.it.history.Rules;
import io.roster.it.history.Violation;
import io.roster.proto.v1.ServerSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One plan carried out against one server, from its first start to when nothing is left in it, and judged. */
final class Round {

    private static final long SETTLING_MS = 10_000;
    private static final List<String> SERVER_OPTIONS = List.of(
            "--heartbeat-interval=500",
            "--heartbeat-timeout=2000",
            "--delete-timeout=4000",
            "--sweep-period=500",
            "--settling=" + SETTLING_MS,
            "--log-level=WARN");

    private static final Rules RULES =
            Rules.ofMs(5_000, 8_000, 2_500, 2_000, 2_000, 1_000, SETTLING_MS).withWarmStarts(5_000, SETTLING_MS);
    private static final long CONVERGE_MS = 30_000;
    private static final long EMPTY_MS = 50_000;

    private final Plan plan;
    private final History history = new History();
    private final Operations operations = new Operations(history);
    private final Checker checker = new Checker(RULES);

    private Round(Plan plan) {
        this.plan = plan;
    }

    /** Takes as long as the plan, and a while to converge and to leave. */
    static Report run(Plan plan) throws Exception {
        return new Round(plan).run();
    }

    private Report run() throws Exception {
        Path folder = Files.createTempDirectory("roster-faults-");
        Access access = plan.options().isSecured() ? Access.secured(folder) : Access.open();
        try (Server server = new Server(history, access, options(access, folder.resolve("data")));
                Cast cast = new Cast(history, operations, server);
                Stage stage = new Stage(history, operations, server, cast)) {
            Auditor auditor = new Auditor(history, server.channel(), Plan.HEARD);
            history.add(at -> new Event.Crowd(at, Plan.CROWDED, Plan.CROWD.size(), Plan.LEAST_OF_CROWD));
            stage.perform(plan);
            history.add(at -> new Event.Quiet(at));
            awaitAgreement();
            awaitTheEndOfProbation();
            history.add(at -> new Event.Settled(at));
            auditor.stop();
            cast.leave();
            awaitEmptiness(server);
            return new Report(plan, history, server.output(), checker.check(history.events()));
        }
    }

    private void awaitAgreement() throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONVERGE_MS);
        do {
            TimeUnit.MILLISECONDS.sleep(500);
        } while (!isAgreed() && System.nanoTime() < deadlineNs);
    }

    private List<String> options(Access access, Path data) {
        List<String> options = new ArrayList<>(SERVER_OPTIONS);
        options.addAll(access.serverOptions());
        options.add("--data-dir=" + data);
        if (plan.options().serverFault() == ServerFault.WARM_KILL) {
            options.add("--warm-start=true");
        }
        return options;
    }

    /** What a warm start has brought back and nobody claimed again is not to be seen for ever. */
    private void awaitTheEndOfProbation() throws InterruptedException {
        if (plan.options().serverFault() == ServerFault.WARM_KILL) {
            TimeUnit.NANOSECONDS.sleep(RULES.probationNs() + RULES.departureNs());
            awaitAgreement();
        }
    }

    private boolean isAgreed() {
        List<Event> soFar = new ArrayList<>(history.events());
        soFar.add(new Event.Settled(history.nowNs()));
        return checker.check(soFar).stream().map(Violation::promise).noneMatch(Promise.CONVERGES::equals);
    }

    /** An address without a stream is forgotten 30 s after its last word: short rounds do not wait for that. */
    private void awaitEmptiness(Server server) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EMPTY_MS);
        Event.Emptied left = left(server);
        while (!left.isAll() && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(200);
            left = left(server);
        }
        history.add(left);
    }

    private Event.Emptied left(Server server) {
        ServerSummary summary = server.summary();
        long clients = plan.options().isThorough() ? summary.getClients() : server.connectedClients();
        return new Event.Emptied(
                history.nowNs(),
                clients,
                summary.getClaims(),
                summary.getSubscriptions(),
                server.otherConnections(),
                summary.getUnfinishedBytes());
    }
}

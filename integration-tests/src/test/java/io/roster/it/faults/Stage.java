// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.history.Event;
import io.roster.it.history.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Carries out the steps of a plan: each publisher's one after the other, everything else when it is due. */
final class Stage implements AutoCloseable {

    private static final long PATIENCE_S = 30;

    private final History history;
    private final Operations operations;
    private final Server server;
    private final Cast cast;
    private final Map<String, ExecutorService> actors = new HashMap<>();
    private final ExecutorService faults = Executors.newCachedThreadPool(Stage::daemon);
    private final List<Future<?>> underWay = new ArrayList<>();
    /** How many each place has had. */
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();

    private volatile boolean isOver;

    Stage(History history, Operations operations, Server server, Cast cast) {
        this.history = history;
        this.operations = operations;
        this.server = server;
        this.cast = cast;
        Stream.concat(Plan.PUBLISHERS.stream(), Plan.CROWD.stream())
                .forEach(name -> actors.put(name, Executors.newSingleThreadExecutor(Stage::daemon)));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stage");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when all is done, and nothing is broken any more. */
    void perform(Plan plan) throws Exception {
        long startNs = System.nanoTime();
        for (Step step : plan.steps()) {
            long dueNs = startNs + TimeUnit.MILLISECONDS.toNanos(step.atMs());
            TimeUnit.NANOSECONDS.sleep(Math.max(0, dueNs - System.nanoTime()));
            begin(step);
        }
        for (Future<?> fault : underWay) {
            fault.get(PATIENCE_S, TimeUnit.SECONDS);
        }
        isOver = true;
        for (ExecutorService actor : actors.values()) {
            actor.shutdown();
            if (!actor.awaitTermination(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a publisher waits for ever");
            }
        }
    }

    private void begin(Step step) {
        if (step instanceof Step.Register register) {
            act(
                    register.publisher(),
                    () -> cast.publisher(register.publisher())
                            .register(register.service(), register.address(), register.weight()));
        } else if (step instanceof Step.Deregister deregister) {
            act(
                    deregister.publisher(),
                    () -> cast.publisher(deregister.publisher())
                            .deregister(deregister.service(), deregister.address()));
        } else if (step instanceof Step.Leave leave) {
            act(leave.publisher(), () -> {
                note("goodbye", leave.publisher());
                cast.publisher(leave.publisher()).close();
            });
        } else {
            underWay.add(faults.submit(() -> {
                breakSomething(step);
                return null;
            }));
        }
    }

    /** What is late when time is up is left undone. */
    private void act(String publisher, Runnable work) {
        ExecutorService actor = actors.get(publisher);
        if (actor != null) {
            underWay.add(actor.submit(() -> {
                if (!isOver) {
                    work.run();
                }
            }));
        }
    }

    private void breakSomething(Step step) throws IOException, InterruptedException {
        if (step instanceof Step.Break each) {
            note(each.trouble().name(), each.client());
            breakLink(each);
        } else if (step instanceof Step.Stall stall) {
            note("STALLED_READER", stall.subscriber());
            trouble(stall.subscriber(), "stalls");
            cast.reader(stall.subscriber()).stall(true);
            TimeUnit.MILLISECONDS.sleep(stall.lengthMs());
            cast.reader(stall.subscriber()).stall(false);
            calm(stall.subscriber());
        } else if (step instanceof Step.RunProgram run) {
            try (Program program = Program.start(
                    run.name(),
                    history,
                    operations,
                    new Line(server.access(), server.grpcPort()),
                    run.service(),
                    run.address())) {
                program.live(run.lifeMs());
                note("KILL_9_OF_A_CLIENT", run.name());
            }
        } else if (step instanceof Step.Visit visit) {
            note("STRANGERS", "server");
            Strangers.visit(server.grpcPort(), visit.strangers(), visit.lengthMs());
        } else if (step instanceof Step.KillServer kill) {
            note("KILL_9_OF_THE_SERVER", "server");
            server.kill(kill.downMs());
        } else if (step instanceof Step.PauseServer pause) {
            note("SIGSTOP_OF_THE_SERVER", "server");
            server.pause(pause.lengthMs());
        }
    }

    private void breakLink(Step.Break step) throws InterruptedException {
        String client = step.client();
        Link link = cast.link(client);
        // On a stream, who publishes late publishes all the same; who hears late hears late, and who beats late is
        // silent.
        boolean disturbs = step.trouble() != Trouble.DELAY || !Plan.publishesByStream(client);
        if (disturbs) {
            trouble(client, step.trouble().name());
        }
        Runnable release = () -> {};
        switch (step.trouble()) {
            case RESET -> link.cut(Ending.RESET);
            case FIN -> link.cut(Ending.ORDERLY);
            case DELAY -> link.delay(20 + step.lengthMs() / 10);
            case HOLD_BOTH -> link.flow(Link.Flow.HOLD, Link.Flow.HOLD);
            case HOLD_TO_SERVER -> link.flow(Link.Flow.HOLD, Link.Flow.PASS);
            case HOLD_TO_CLIENT -> link.flow(Link.Flow.PASS, Link.Flow.HOLD);
            case HALF_OPEN -> link.flow(Link.Flow.SWALLOW, Link.Flow.SWALLOW);
            case REFUSE -> {
                link.refuse();
                link.cut(Ending.RESET);
            }
            case LATE_END -> release = link.holdBackTheEnd();
        }
        if (step.trouble() != Trouble.RESET && step.trouble() != Trouble.FIN) {
            TimeUnit.MILLISECONDS.sleep(step.lengthMs());
        }
        release.run();
        link.calm();
        if (disturbs) {
            calm(client);
            noteWhenWell(client);
        }
    }

    /** A client that has had time to notice that its connection broke, and is connected, has got over it. */
    private void noteWhenWell(String client) throws InterruptedException {
        int troublesBefore = troubles.getOrDefault(client, 0);
        for (int i = 0; i < 40; i++) {
            TimeUnit.MILLISECONDS.sleep(i == 0 ? 300 : 100);
            if (troubles.getOrDefault(client, 0) > troublesBefore) {
                return;
            }
            cast.noteIfWell(client);
        }
    }

    private void note(String kind, String target) {
        history.add(at -> new Event.Fault(at, kind, target));
    }

    private void trouble(String place, String fault) {
        troubles.merge(place, 1, Integer::sum);
        history.add(at -> new Event.Troubled(at, place, fault));
    }

    private void calm(String place) {
        history.add(at -> new Event.Calm(at, place));
    }

    @Override
    public void close() {
        isOver = true;
        faults.shutdownNow();
        actors.values().forEach(ExecutorService::shutdownNow);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.load.Tally;
import io.roster.bench.result.Figure;
import io.roster.bench.result.Measurement;
import io.roster.bench.result.Round;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Telling;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Rounds of cutting all streams and bringing them back. Used by one thread, but for what the clients' loops note. */
final class ReconnectTrial implements Trial {

    private final Subject subject;
    private final Crowd crowd;
    private final int streamsPerService;

    /** The newest list told of each service, by whomever. */
    private final ConcurrentMap<String, Telling> told = new ConcurrentHashMap<>();

    private final AtomicInteger fullLists = new AtomicInteger();
    private List<BenchClient> clients;

    ReconnectTrial(Subject subject, Crowd crowd, List<BenchClient> clients, int streamsPerService) {
        this.subject = subject;
        this.crowd = crowd;
        this.clients = clients;
        this.streamsPerService = streamsPerService;
    }

    void listen(List<BenchClient> listeners) {
        listeners.forEach(listener -> listener.pushesTo((client, message) -> {
            Telling telling = crowd.wire().read(message);
            if (telling != null) {
                fullLists.addAndGet(telling.isWhole() ? 1 : 0);
                told.merge(telling.service(), telling, (a, b) -> a.toRevision() > b.toRevision() ? a : b);
            }
        }));
    }

    @Override
    public Round run() {
        Tally tally = new Tally(crowd.wire());
        fullLists.set(0);
        Measurement measurement = subject.measurement(crowd);
        measurement.start();
        long cutNs = System.nanoTime();
        clients.forEach(BenchClient::reset);
        crowd.forget(clients);
        clients = crowd.connect(clients.size(), Lifetime.HEARTBEAT);
        listen(clients);
        CountDownLatch back = new CountDownLatch(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            comeBack(clients.get(i), i, tally.sheet(clients.get(i).link()), cutNs, back);
        }
        crowd.await(back, "all to be back");
        double backMs = (System.nanoTime() - cutNs) / 1e6;
        measurement.stop();
        return measurement.round(tally).with(Figure.TIME, backMs).with(Figure.FULL_LISTS, (double) fullLists.get());
    }

    private void comeBack(BenchClient client, int number, Tally.Sheet sheet, long cutNs, CountDownLatch back) {
        String service = Names.beatenService(number / streamsPerService);
        Telling had = told.get(service);
        byte[] resume = had == null
                ? crowd.wire().resume(service, 1, 1)
                : crowd.wire().resume(service, had.epoch(), had.toRevision());
        byte[] register = crowd.wire().register(service, Address.of(number), Names.version(number));
        crowd.ask(client, register, () -> {});
        crowd.ask(client, resume, () -> {
            sheet.told(System.nanoTime() - cutNs);
            back.countDown();
        });
    }

    @Override
    public void close() {
        crowd.close();
    }
}

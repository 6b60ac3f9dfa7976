// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import io.roster.bench.wire.ClientLoops;
import io.roster.bench.wire.Dialer;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.Traffic;
import io.roster.bench.wire.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** All clients of one server, and the first thing that went wrong among them. Thread: any but the clients' loops. */
public final class Crowd implements AutoCloseable {

    /** Connections that are being set up at once; more would only wait in the listener's backlog. */
    private static final int CONNECTING = 256;

    private static final long PATIENCE_S = 60;

    private final Wire wire;
    private final Traffic traffic = new Traffic();
    private final Dialer dialer;
    private final Collection<BenchClient> members = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<@Nullable String> broken = new AtomicReference<>();

    /**
     * @param streamsPerConnection more than one only where clients neither come nor go one by one
     */
    public Crowd(Wire wire, InetSocketAddress server, ClientLoops loops, int streamsPerConnection) {
        this.wire = wire;
        this.dialer = new Dialer(server, loops, traffic, streamsPerConnection);
    }

    public Wire wire() {
        return wire;
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Connects one client; it has not said hello yet. */
    public BenchClient open() {
        BenchClient client = new BenchClient(
                numbers.getAndIncrement(),
                wire.depth(),
                listener -> wire.connect(dialer, listener),
                reason -> broken.compareAndSet(null, reason));
        members.add(client);
        return client;
    }

    /** Connects clients and waits until all are welcome. */
    public List<BenchClient> connect(int count, Lifetime lifetime) {
        List<BenchClient> clients = new ArrayList<>(count);
        Semaphore room = new Semaphore(CONNECTING);
        CountDownLatch welcome = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            acquire(room);
            BenchClient client = open();
            clients.add(client);
            ask(client, wire.hello(lifetime), () -> {
                room.release();
                welcome.countDown();
            });
        }
        await(welcome, "hello to " + count + " clients");
        return clients;
    }

    private void acquire(Semaphore room) {
        try {
            for (long waited = 0; !room.tryAcquire(1, TimeUnit.SECONDS); waited++) {
                check("a welcome", waited > PATIENCE_S);
            }
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
    }

    /** Sends one request; a refusal breaks the crowd. */
    public void ask(BenchClient client, byte[] request, Runnable done) {
        client.execute(() -> client.requestInTurn(request, System.nanoTime(), (answered, sinceNs, reply) -> {
            if (!wire.isDone(reply)) {
                broken.compareAndSet(null, "refused: " + wire.describe(reply));
            }
            done.run();
        }));
    }

    /** Has each client follow its script and waits for the end. */
    public void run(List<BenchClient> clients, List<Script> scripts, int depth, Tally tally) {
        CountDownLatch finished = new CountDownLatch(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            Pump.start(clients.get(i), scripts.get(i), Math.min(depth, wire.depth()), tally, finished);
        }
        await(finished, "answers");
    }

    /** Has the clients follow their scripts together at a rate and waits for the end. */
    public void pace(List<BenchClient> clients, List<Script> scripts, double rate, Tally tally) {
        Map<Object, List<Integer>> byLoop = new LinkedHashMap<>();
        for (int i = 0; i < clients.size(); i++) {
            byLoop.computeIfAbsent(clients.get(i).link().loop(), loop -> new ArrayList<>())
                    .add(i);
        }
        CountDownLatch finished = new CountDownLatch(byLoop.size());
        for (List<Integer> these : byLoop.values()) {
            Pacer.start(
                    these.stream().map(clients::get).toList(),
                    these.stream().map(scripts::get).toList(),
                    rate * these.size() / clients.size(),
                    tally,
                    finished);
        }
        await(finished, "answers");
    }

    /** Waits; gives up when a client breaks or nothing is heard for long. */
    public void await(CountDownLatch latch, String what) {
        try {
            for (long waited = 0; !latch.await(1, TimeUnit.SECONDS); waited++) {
                check(what + " (" + latch.getCount() + " still to come)", waited > PATIENCE_S);
            }
        } catch (InterruptedException interruption) {
            throw interrupted(interruption);
        }
        check(what, false);
    }

    private void check(String what, boolean tooLate) {
        String problem = broken.get();
        if (problem != null) {
            throw new BenchException("waiting for " + what + ": " + problem);
        }
        if (tooLate) {
            throw new BenchException("waiting for " + what + ": nothing for " + PATIENCE_S + " s");
        }
    }

    private static BenchException interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new BenchException("interrupted", interruption);
    }

    /** Strikes clients from the list that have gone by themselves. */
    public void forget(Collection<BenchClient> gone) {
        members.removeAll(Set.copyOf(gone));
    }

    /** Lets clients go. */
    public void dismiss(Collection<BenchClient> leaving) {
        leaving.forEach(BenchClient::close);
        forget(leaving);
    }

    @Override
    public void close() {
        members.forEach(BenchClient::close);
        members.clear();
    }
}

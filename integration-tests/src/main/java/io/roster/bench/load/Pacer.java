// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Open loop: sends requests of one loop's clients at a rate, whether or not answers come. A request is timed from the moment
 * it was due, so a server that stalls is charged with everything that waited (no coordinated omission). Requests fall due
 * in ticks of a millisecond. Confined to the loop.
 */
public final class Pacer implements Answered {

    private static final long TICK_NS = 1_000_000;

    private final List<BenchClient> clients;
    private final List<Script> scripts;
    private final double perTick;
    private final Tally.Sheet sheet;
    private final CountDownLatch finished;
    private long startNs;
    private long ticks;
    private long sent;
    private long underWay;
    private int turn;
    private boolean ended;
    private @Nullable ScheduledFuture<?> timer;

    private Pacer(List<BenchClient> clients, List<Script> scripts, double rate, Tally tally, CountDownLatch finished) {
        this.clients = clients;
        this.scripts = scripts;
        this.perTick = rate * TICK_NS / 1e9;
        this.sheet = tally.sheet(clients.get(0).link());
        this.finished = finished;
    }

    /**
     * Starts clients of one loop on their scripts; ends when a script does. Any thread.
     *
     * @param rate requests a second of all these clients together
     */
    public static void start(
            List<BenchClient> clients, List<Script> scripts, double rate, Tally tally, CountDownLatch finished) {
        Pacer pacer = new Pacer(clients, scripts, rate, tally, finished);
        clients.get(0).execute(pacer::begin);
    }

    private void begin() {
        startNs = System.nanoTime();
        timer = clients.get(0).link().loop().scheduleAtFixedRate(this::tick, TICK_NS, TICK_NS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long nowNs = System.nanoTime();
        while (!ended && startNs + (ticks + 1) * TICK_NS - nowNs <= 0) {
            ticks++;
            sendDue();
        }
        finishIfDone();
    }

    private void sendDue() {
        while (!ended && sent < (long) (ticks * perTick)) {
            long dueNs = startNs + (long) Math.ceil((sent + 1) / perTick) * TICK_NS;
            if (!sendOne(dueNs)) {
                return;
            }
        }
    }

    /** The next client that has room sends; if none has, the request stays due and is sent late. */
    private boolean sendOne(long dueNs) {
        for (int i = 0; i < clients.size(); i++) {
            turn = (turn + 1) % clients.size();
            BenchClient client = clients.get(turn);
            if (client.hasRoom()) {
                byte[] request = scripts.get(turn).next(dueNs);
                if (request == null) {
                    ended = true;
                    return false;
                }
                sent++;
                underWay++;
                return client.request(request, dueNs, this);
            }
        }
        return false;
    }

    @Override
    public void onAnswer(BenchClient client, long sinceNs, byte[] reply) {
        sheet.answer(System.nanoTime() - sinceNs, reply);
        underWay--;
        finishIfDone();
    }

    private void finishIfDone() {
        if (ended && underWay == 0 && timer != null) {
            timer.cancel(false);
            timer = null;
            finished.countDown();
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import java.util.concurrent.CountDownLatch;

/**
 * Closed loop: keeps a fixed number of one client's requests under way, each sent when another is answered. Confined to the
 * client's loop.
 */
public final class Pump implements Answered {

    private final BenchClient client;
    private final Script script;
    private final Tally.Sheet sheet;
    private final CountDownLatch finished;
    private int underWay;

    private Pump(BenchClient client, Script script, Tally.Sheet sheet, CountDownLatch finished) {
        this.client = client;
        this.script = script;
        this.sheet = sheet;
        this.finished = finished;
    }

    /** Starts a client on its script; {@code finished} is counted down when all is answered. Any thread. */
    public static void start(BenchClient client, Script script, int depth, Tally tally, CountDownLatch finished) {
        Pump pump = new Pump(client, script, tally.sheet(client.link()), finished);
        client.execute(() -> pump.fill(depth));
    }

    private void fill(int depth) {
        underWay = 1;
        for (int i = 0; i < depth; i++) {
            sendNext(System.nanoTime());
        }
        underWay--;
        finishIfDone();
    }

    @Override
    public void onAnswer(BenchClient answered, long sinceNs, byte[] reply) {
        long nowNs = System.nanoTime();
        sheet.answer(nowNs - sinceNs, reply);
        underWay--;
        sendNext(nowNs);
        finishIfDone();
    }

    private void sendNext(long nowNs) {
        byte[] request = script.next(nowNs);
        if (request != null && client.request(request, nowNs, this)) {
            underWay++;
        }
    }

    private void finishIfDone() {
        if (underWay == 0) {
            finished.countDown();
        }
    }
}

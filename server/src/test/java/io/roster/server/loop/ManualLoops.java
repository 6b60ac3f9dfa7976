// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.loop;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Loops that share one clock and are turned by hand, in turn or in an order drawn from a seed. */
public final class ManualLoops {

    private static final long START_MS = 1_000_000;

    private final List<ManualEventLoop> all;
    private long nowMs = START_MS;
    private Runnable afterEachStep = () -> {};

    public ManualLoops(int count) {
        all = IntStream.range(0, count)
                .mapToObj(i -> new ManualEventLoop(() -> nowMs))
                .toList();
    }

    public List<ManualEventLoop> all() {
        return all;
    }

    public ManualEventLoop get(int i) {
        return all.get(Math.floorMod(i, all.size()));
    }

    public long nowMs() {
        return nowMs;
    }

    /** Has something looked at after every command of {@link #step}, {@link #settle} and {@link #advance}. */
    public void afterEachStep(Runnable look) {
        afterEachStep = look;
    }

    /** Runs one command of one of the loops that have any, drawn by chance; false if none has. */
    public boolean step(Random chance) {
        List<ManualEventLoop> busy =
                all.stream().filter(loop -> loop.waiting() > 0).toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(chance.nextInt(busy.size())).step();
        afterEachStep.run();
        return true;
    }

    /** Runs all that waits and all that follows from it, in an order drawn by chance. */
    public void settle(Random chance) {
        boolean more = true;
        while (more) {
            more = step(chance);
        }
    }

    /** Runs all that waits and all that follows from it. */
    public void settle() {
        settle(new Random(0));
    }

    /** Lets time pass: what is due runs when it is due. */
    public void advance(long ms) {
        settle();
        long until = nowMs + ms;
        while (nextDueMs() <= until) {
            nowMs = Math.max(nowMs, nextDueMs());
            all.forEach(ManualEventLoop::fire);
            settle();
        }
        nowMs = until;
    }

    /** Lets time pass while no loop runs, as when the machine stands still; then all that is overdue runs late. */
    public void freeze(long ms) {
        freeze(ms, () -> {});
    }

    /** The same; what arrives meanwhile is read before what is overdue runs, as Netty does. */
    public void freeze(long ms, Runnable arriving) {
        settle();
        nowMs += ms;
        arriving.run();
        all.forEach(ManualEventLoop::fire);
        settle();
    }

    private long nextDueMs() {
        return all.stream().mapToLong(ManualEventLoop::nextDueMs).min().orElse(Long.MAX_VALUE);
    }
}

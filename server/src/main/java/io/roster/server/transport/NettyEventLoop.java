// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.roster.server.loop.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of Netty's own event loops: the thread that reads a stream is the thread that owns the services and writes the
 * pushes, so that a command need not change threads and all that a batch writes leaves in one go.
 */
public final class NettyEventLoop implements EventLoop {

    private final EventExecutor executor;
    private final int mailboxLimit;
    private final AtomicInteger offered = new AtomicInteger();

    /**
     * @param mailboxLimit how many offered commands may wait; commands that must not be lost are not counted
     */
    NettyEventLoop(EventExecutor executor, int mailboxLimit) {
        this.executor = executor;
        this.mailboxLimit = mailboxLimit;
    }

    @Override
    public boolean inLoop() {
        return executor.inEventLoop();
    }

    @Override
    public void execute(Runnable command) {
        executor.execute(command);
    }

    @Override
    public boolean offer(Runnable command) {
        if (offered.incrementAndGet() > mailboxLimit) {
            offered.decrementAndGet();
            return false;
        }
        executor.execute(() -> {
            offered.decrementAndGet();
            command.run();
        });
        return true;
    }

    @Override
    public long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Timer after(long delayMs, Runnable command) {
        return cancelling(executor.schedule(command, delayMs, TimeUnit.MILLISECONDS));
    }

    @Override
    public Timer every(long periodMs, Runnable command) {
        return cancelling(executor.scheduleWithFixedDelay(command, periodMs, periodMs, TimeUnit.MILLISECONDS));
    }

    private static Timer cancelling(Future<?> scheduled) {
        return () -> scheduled.cancel(false);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a call to a real server brings, to be waited for. */
final class Inbox<T> implements StreamObserver<T> {

    private static final long PATIENCE_S = 10;

    private final BlockingQueue<T> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(T message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    /** The next message, once it is here. */
    T next() throws InterruptedException {
        T message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError(
                    "nothing heard for 10 s; the call " + (end.isDone() ? "ended with " + end.join() : "goes on"));
        }
        return message;
    }

    /** How the call ended, once it has. */
    Status end() throws InterruptedException {
        try {
            return end.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException none) {
            throw new AssertionError("the call goes on after 10 s", none);
        }
    }
}

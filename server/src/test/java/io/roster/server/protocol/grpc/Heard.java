// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller heard of a call. */
final class Heard<T> implements ClientResponseObserver<Object, T> {

    static final int EVERYTHING = 1_000_000;

    private final int room;
    private final List<T> messages = new ArrayList<>();
    private @Nullable ClientCallStreamObserver<Object> call;
    private @Nullable Status end;

    /** Reads so many messages by itself. */
    Heard(int room) {
        this.room = room;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Object> started) {
        call = started;
        started.disableAutoRequestWithInitial(room);
    }

    @Override
    public void onNext(T message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end = Status.fromThrowable(failure);
    }

    @Override
    public void onCompleted() {
        end = Status.OK;
    }

    /** Reads so many messages more. */
    void reads(int more) {
        if (call != null) {
            call.request(more);
        }
    }

    void cancels() {
        if (call != null) {
            call.cancel("the caller hung up", null);
        }
    }

    List<T> messages() {
        return messages;
    }

    /** How the call ended, or null if it goes on. */
    @Nullable
    Status end() {
        return end;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.roster.server.push.Pipe;
import java.util.function.Consumer;

/**
 * The sending end of one call, and how fast it reads: a peer that does not read what it is sent is not read from either, so
 * its unread answers stay few. Confined to the stream's loop.
 */
public final class StreamPipe implements Pipe {

    /** Messages of one client that may be under way at once. */
    private static final int WINDOW = 64;

    private final ServerCall<?, Object> call;
    private final Consumer<String> onGivenUp;
    private boolean closed;
    private int owed;

    /**
     * @param onGivenUp told why when the call was ended because its peer does not read
     */
    public StreamPipe(ServerCall<?, Object> call, Consumer<String> onGivenUp) {
        this.call = call;
        this.onGivenUp = onGivenUp;
    }

    /** Opens both directions. */
    public void open() {
        call.sendHeaders(new Metadata());
        call.request(WINDOW);
    }

    @Override
    public boolean isReady() {
        return !closed && call.isReady();
    }

    @Override
    public void send(Object message) {
        if (!closed) {
            call.sendMessage(message);
        }
    }

    /** The peer learns it when it reads again; until the call has really ended, what it was sent before waits for it. */
    @Override
    public void giveUp(String reason) {
        close(Status.RESOURCE_EXHAUSTED.withDescription(reason));
        onGivenUp.accept(reason);
    }

    /** One message was taken in: lets the next one come, now or when the peer has read. */
    public void took() {
        owed++;
        if (isReady()) {
            resume();
        }
    }

    /** The peer has read. */
    public void resume() {
        if (owed > 0 && !closed) {
            // Before asking: what has arrived already may be handed over, and counted, within the asking.
            int more = owed;
            owed = 0;
            call.request(more);
        }
    }

    /** Ends the call; repeating it changes nothing. */
    public void close(Status status) {
        if (!closed) {
            closed = true;
            call.close(status, new Metadata());
        }
    }

    /** Ends the call with a refusal and its details; repeating it changes nothing. */
    public void close(StatusRuntimeException refusal) {
        if (!closed) {
            closed = true;
            Metadata details = refusal.getTrailers();
            call.close(refusal.getStatus(), details == null ? new Metadata() : details);
        }
    }

    /** The call has ended by itself. */
    public void broken() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }
}

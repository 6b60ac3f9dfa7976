// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.server.core.Ack;
import io.roster.server.core.RegistryException;
import io.roster.server.loop.EventLoop;
import io.roster.server.transport.EncodedMessage;
import io.roster.server.transport.StreamPipe;
import java.util.function.Consumer;

/**
 * The answers of one stream: each request gets exactly one. Confined to the stream's loop; acknowledgements that come on
 * another are posted to it.
 */
final class Answers {

    private final EventLoop loop;
    private final StreamPipe pipe;
    private final Runnable onAnswered;
    private int outstanding;

    /**
     * @param onAnswered called after each answer that had to be waited for
     */
    Answers(EventLoop loop, StreamPipe pipe, Runnable onAnswered) {
        this.loop = loop;
        this.pipe = pipe;
        this.onAnswered = onAnswered;
    }

    /** How many requests still wait for the registry. */
    int outstanding() {
        return outstanding;
    }

    /** Answers a request when the registry acknowledges or refuses what {@code command} asks of it. */
    void whenDone(long requestId, Consumer<Ack> command) {
        outstanding++;
        Ack ack = (revision, refusal) -> later(() -> {
            if (refusal == null) {
                ok(requestId, revision);
            } else {
                refuse(requestId, refusal);
            }
        });
        try {
            command.accept(ack);
        } catch (RegistryException refusal) {
            ack.done(0, refusal);
        }
    }

    /** Runs an answer that was waited for. Counted by {@link #expect}. */
    void later(Runnable answer) {
        if (loop.inLoop()) {
            finish(answer);
        } else {
            loop.execute(() -> finish(answer));
        }
    }

    /** Counts a request whose answer comes through {@link #later}. */
    void expect() {
        outstanding++;
    }

    private void finish(Runnable answer) {
        outstanding--;
        answer.run();
        onAnswered.run();
    }

    void ok(long requestId, long revision) {
        pipe.send(NativeEncoder.ok(requestId, revision));
    }

    void refuse(long requestId, RegistryException refusal) {
        send(Reply.newBuilder()
                .setRequestId(requestId)
                .setCode(Refusals.code(refusal))
                .setMessage(Refusals.text(refusal))
                .setField(refusal.field())
                .setRetryAfterMs(refusal.retryAfterMs()));
    }

    /** Sends an answer that was encoded before. */
    void sendEncoded(EncodedMessage reply) {
        pipe.send(reply);
    }

    void send(Reply.Builder reply) {
        pipe.send(ServerMessage.newBuilder().setReply(reply).build());
    }
}

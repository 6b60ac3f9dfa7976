// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.ServerMessage;
import io.roster.server.client.Departure;
import io.roster.server.core.RegistryException;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import io.roster.server.transport.Peer;
import io.roster.server.transport.StreamPipe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Connect call: takes messages in, has each answered once, and survives bad ones. What the messages mean is the
 * {@link Session}'s, which begins with Hello.
 *
 * <p>Thread: all state is confined to one push loop, on real connections the very loop that reads them. Callbacks that come
 * elsewhere are posted to it.
 */
final class ConnectStream extends ServerCall.Listener<Inbound> implements OpenStreams.Leaving {

    private static final Logger log = LoggerFactory.getLogger(ConnectStream.class);

    private final ServerContext context;
    private final Fanout fanout;
    private final EventLoop loop;
    private final StreamPipe pipe;
    private final Peer peer;
    private final Answers answers;
    private @Nullable Session session;
    private boolean leaving;
    private boolean halfClosed;
    private boolean ended;

    ConnectStream(ServerContext context, ServerCall<?, Object> call) {
        this.context = context;
        this.fanout = context.fanouts().here();
        this.loop = fanout.loop();
        this.pipe = new StreamPipe(call);
        this.peer = Peer.of(call.getAttributes());
        this.answers = new Answers(loop, pipe, this::onAnswered);
    }

    /** Lets the stream in, or ends it at once. */
    ConnectStream open() {
        onLoop(() -> {
            try {
                context.streams().enter(this, peer);
                pipe.open();
            } catch (RegistryException refusal) {
                log.warn("stream from {} refused: {}", peer.address(), refusal.getMessage());
                ended = true;
                pipe.close(Refusals.status(refusal));
            }
        });
        return this;
    }

    @Override
    public void onMessage(Inbound inbound) {
        onLoop(() -> {
            if (!pipe.isClosed()) {
                take(inbound);
                pipe.took();
            }
        });
    }

    private void take(Inbound inbound) {
        if (inbound instanceof Inbound.Unreadable unreadable) {
            answers.refuse(unreadable.requestId(), unreadable.refusal());
            return;
        }
        ClientMessage message = ((Inbound.Message) inbound).message();
        try {
            handle(message);
        } catch (RegistryException refusal) {
            answers.refuse(message.getRequestId(), refusal);
        } catch (RuntimeException failure) {
            log.error("{} of {} failed", message.getBodyCase(), peer.address(), failure);
            answers.refuse(
                    message.getRequestId(),
                    RegistryException.of(RegistryException.Code.INTERNAL, "the server failed; its log says why"));
        }
    }

    private void handle(ClientMessage message) {
        if (leaving) {
            throw RegistryException.of(RegistryException.Code.UNAVAILABLE, "the server is leaving; connect anew");
        }
        if (message.getBodyCase() == ClientMessage.BodyCase.HELLO) {
            if (session != null) {
                throw precondition("a second hello (expected: one, as the first message)")
                        .within("hello");
            }
            session = Session.begin(context, fanout, pipe, peer, answers, message);
        } else if (session == null) {
            throw precondition(message.getBodyCase() + " before hello (expected: hello as the first message)");
        } else {
            session.handle(message);
        }
    }

    private static RegistryException precondition(String problem) {
        return RegistryException.of(RegistryException.Code.FAILED_PRECONDITION, problem);
    }

    @Override
    public void onReady() {
        onLoop(() -> {
            if (session != null) {
                session.onReady();
            }
            pipe.resume();
        });
    }

    @Override
    public void onHalfClose() {
        onLoop(() -> {
            halfClosed = true;
            onAnswered();
        });
    }

    @Override
    public void onCancel() {
        onLoop(() -> {
            pipe.broken();
            end(Departure.LOST, "its stream broke");
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> end(Departure.LOST, "its stream ended"));
    }

    @Override
    public void goAway(GoAway reason) {
        onLoop(() -> {
            if (!leaving && !pipe.isClosed()) {
                leaving = true;
                pipe.send(ServerMessage.newBuilder().setGoAway(reason).build());
                onAnswered();
            }
        });
    }

    /** A client that has said all it wanted, or was told to leave, is let go once it has all its answers. */
    private void onAnswered() {
        if (answers.outstanding() > 0) {
            return;
        }
        if (leaving) {
            pipe.close(Status.UNAVAILABLE.withDescription("the server is leaving; connect anew"));
            end(Departure.GOODBYE, "it was told to leave");
        } else if (halfClosed) {
            pipe.close(Status.OK);
            end(Departure.GOODBYE, "it said goodbye");
        }
    }

    private void end(Departure departure, String reason) {
        if (ended) {
            return;
        }
        ended = true;
        context.streams().leave(this, peer);
        if (session != null) {
            session.end(departure, reason);
        }
    }

    private void onLoop(Runnable event) {
        loop.run(event);
    }
}

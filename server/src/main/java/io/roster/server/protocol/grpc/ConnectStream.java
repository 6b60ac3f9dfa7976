// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.ServerMessage;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.client.Holder;
import io.roster.server.core.RegistryException;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import io.roster.server.security.Caller;
import io.roster.server.transport.Callers;
import io.roster.server.transport.Peer;
import io.roster.server.transport.StreamPipe;
import java.util.ArrayDeque;
import java.util.Queue;
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
final class ConnectStream extends ServerCall.Listener<Inbound> implements OpenStreams.OpenStream, Holder {

    private static final Logger log = LoggerFactory.getLogger(ConnectStream.class);

    private final ServerContext context;
    private final Fanout fanout;
    private final EventLoop loop;
    private final StreamPipe pipe;
    private final Peer peer;
    private final Caller caller;
    private final Answers answers;
    private @Nullable ConnectionBasedClient client;
    private @Nullable Session session;

    /** The Hello of a client that is back, until the stream that it had before has ended. */
    private @Nullable Greeting returning;

    /** What arrived meanwhile; no more than the pipe lets in. */
    private final Queue<Inbound> early = new ArrayDeque<>(0);

    /** What a stream that takes over from this one waits for. */
    private @Nullable Runnable successor;

    private boolean leaving;
    private boolean halfClosed;
    private boolean released;
    private boolean ended;

    ConnectStream(ServerContext context, ServerCall<?, Object> call) {
        this.context = context;
        this.fanout = context.fanouts().here();
        this.loop = fanout.loop();
        this.pipe = new StreamPipe(call, this::onGivenUp);
        this.peer = Peer.of(call.getAttributes());
        this.caller = Callers.of(context.access(), call.getAttributes());
        this.answers = new Answers(loop, pipe, this::onAnswered);
    }

    /** Lets the stream in, or ends it at once. */
    ConnectStream open() {
        onLoop(() -> {
            try {
                context.streams().enter(this, peer);
                pipe.open();
            } catch (RegistryException refusal) {
                log.debug("stream from {} refused: {}", peer.address(), refusal.getMessage());
                ended = true;
                pipe.close(Refusals.status(refusal));
            }
        });
        return this;
    }

    @Override
    public void onMessage(Inbound inbound) {
        onLoop(() -> {
            if (returning != null) {
                early.add(inbound);
            } else if (!pipe.isClosed()) {
                take(inbound);
                if (!pipe.isReady()) {
                    fanout.stalled().waits(pipe);
                }
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
            if (client != null) {
                throw precondition("a second hello (expected: one, as the first message)")
                        .within("hello");
            }
            greet(Greeting.of(context, caller, message));
        } else if (session == null) {
            throw precondition(message.getBodyCase() + " before hello (expected: hello as the first message)");
        } else {
            session.handle(message);
        }
    }

    private void greet(Greeting greeting) {
        client = greeting.resume(this, () -> loop.execute(this::welcomeBack));
        if (client == null) {
            Greeting.Newcomer newcomer = greeting.enter(this);
            client = newcomer.client();
            session = greeting.welcome(newcomer, fanout, pipe, answers);
        } else {
            returning = greeting;
            answers.expect();
        }
    }

    /** The stream that the client had before has ended: nothing old can come after what is said here. */
    private void welcomeBack() {
        Greeting greeting = returning;
        returning = null;
        if (successor != null) {
            successor.run();
        }
        if (greeting == null || client == null || ended) {
            return;
        }
        session = greeting.welcomeBack(client, fanout, pipe, answers);
        for (Inbound next = early.poll(); next != null && !pipe.isClosed(); next = early.poll()) {
            take(next);
            pipe.took();
        }
        answers.later(() -> {});
    }

    @Override
    public void giveWay(Runnable then) {
        onLoop(() -> {
            pipe.close(Status.ABORTED.withDescription("another stream has taken this client over"));
            end(Departure.LOST, "another stream has its client");
            if (returning != null) {
                successor = then;
            } else {
                then.run();
            }
        });
    }

    private static RegistryException precondition(String problem) {
        return RegistryException.of(RegistryException.Code.FAILED_PRECONDITION, problem);
    }

    @Override
    public void onReady() {
        onLoop(() -> {
            fanout.stalled().reads(pipe);
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

    /** Its place among the streams is kept until the call has ended: until then it still costs what waits for it. */
    private void onGivenUp(String reason) {
        release(Departure.LOST, reason);
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

    @Override
    public void checkAgain() {
        onLoop(() -> {
            if (session == null || pipe.isClosed()) {
                return;
            }
            try {
                session.checkAgain();
            } catch (RegistryException refusal) {
                pipe.close(Refusals.status(refusal));
                end(Departure.LOST, "it may not hear any more what it heard");
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
        release(departure, reason);
    }

    /** The client has this stream no more. */
    private void release(Departure departure, String reason) {
        if (released) {
            return;
        }
        released = true;
        early.clear();
        fanout.stalled().reads(pipe);
        if (session != null) {
            session.end();
        }
        if (client != null && (halfClosed || departure == Departure.GOODBYE)) {
            context.clients().left(client, this, reason);
        } else if (client != null) {
            context.clients().lost(client, this, loop, reason);
        }
    }

    private void onLoop(Runnable event) {
        loop.run(event);
    }
}

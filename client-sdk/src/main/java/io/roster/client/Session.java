// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Welcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream to one server, from hello to its end, on a channel of its own.
 *
 * <pre>
 *   OPENING --welcome and its reply--> READY --leave--> LEAVING
 *      '---------------- refused, broken, too late ---------'--> ENDED (once)
 * </pre>
 *
 * All state belongs to the loop; so do all methods.
 */
final class Session {
    /** What its owner is told, on the loop. */
    interface Owner {
        void onReady(Session session);

        void onPush(Session session, ServerMessage push);

        void onGoAway(Session session, GoAway goAway);

        /** Once, whatever the reason; the server may have asked for a pause (else 0). Nothing is told afterwards. */
        void onEnd(Session session, String cause, long retryAfterMs);
    }

    private enum State {
        OPENING,
        READY,
        LEAVING,
        ENDED
    }

    private final Loop loop;
    private final ServerAddress address;
    private final ManagedChannel channel;
    private final Pass pass;
    /** The same, with the pass shown in each call. */
    private final Channel calls;

    private final Owner owner;
    private final Loop.Timer opening;
    /** By request id, which is also the order of sending. At most MAX_UNANSWERED. */
    private final Map<Long, Consumer<Reply>> unanswered = new LinkedHashMap<>();

    private State state = State.OPENING;
    private final SessionStream stream;
    private long lastId;
    private Welcome welcome = Welcome.getDefaultInstance();
    private boolean isWelcome;
    private boolean isRetired;
    private long awaitedId;
    private @Nullable Runnable whenAnswered;

    Session(Loop loop, ServerAddress address, ManagedChannel channel, Pass pass, Hello hello, Owner owner) {
        assert loop.inLoop();
        this.loop = loop;
        this.address = address;
        this.channel = channel;
        this.pass = pass;
        this.calls = pass.over(channel);
        this.owner = owner;
        this.opening = loop.schedule(
                ClientSettings.CONNECT_TIMEOUT_MS,
                () -> end("no welcome within " + ClientSettings.CONNECT_TIMEOUT_MS + " ms"));
        this.stream = new SessionStream(loop, this::onMessage, this::end);
        pass.obtain(channel, () -> greet(hello), this::end);
    }

    private void greet(Hello hello) {
        stream.open(RegistryGrpc.newStub(calls));
        put(ClientMessage.newBuilder().setRequestId(1).setHello(hello).build(), this::onHelloReply);
    }

    ServerAddress address() {
        return address;
    }

    Welcome welcome() {
        return welcome;
    }

    /** Does nothing unless the session is ready: its users hear of its end, and send again on the next. */
    void send(ClientMessage.Builder message, Consumer<Reply> onReply) {
        assert loop.inLoop();
        if (state != State.READY) {
            return;
        }
        if (unanswered.size() >= ClientSettings.MAX_UNANSWERED) {
            end(unanswered.size() + " requests without an answer");
            return;
        }
        ClientMessage next = message.setRequestId(lastId + 1).build();
        if (next.getSerializedSize() > ClientSettings.MAX_OUTBOUND_BYTES) {
            onReply.accept(tooLarge(next.getSerializedSize()));
            return;
        }
        put(next, onReply);
    }

    /** A unary call beside the stream; exactly one of the two is called, unless the session ends before. */
    void listServices(
            ListServicesRequest request,
            long timeoutMs,
            Consumer<ListServicesResponse> onAnswer,
            Consumer<Status> onFailure) {
        assert loop.inLoop();
        RegistryGrpc.newStub(calls)
                .withDeadlineAfter(timeoutMs, TimeUnit.MILLISECONDS)
                .listServices(request, new StreamObserver<>() {
                    @Override
                    public void onNext(ListServicesResponse response) {
                        loop.execute(() -> onAnswer.accept(response));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        loop.execute(() -> onFailure.accept(Status.fromThrowable(failure)));
                    }

                    @Override
                    public void onCompleted() {}
                });
    }

    /** Runs the task when everything sent until now is answered; forgets a task given before. */
    void whenAnswered(Runnable task) {
        awaitedId = lastId;
        whenAnswered = task;
        runIfAnswered();
    }

    /** Another session is in use: from now on this one only keeps alive what it published. */
    void retire() {
        isRetired = true;
        unanswered.clear();
    }

    /** Ends the session in good order: what was sent still counts, and the server closes the stream. */
    void leave() {
        assert loop.inLoop();
        if (state == State.OPENING) {
            end("left");
        } else if (state == State.READY) {
            state = State.LEAVING;
            retire();
            stream.halfClose();
            loop.schedule(ClientSettings.LEAVE_TIMEOUT_MS, () -> end("left"));
        }
    }

    private void put(ClientMessage message, Consumer<Reply> onReply) {
        lastId = message.getRequestId();
        unanswered.put(lastId, onReply);
        stream.send(message);
    }

    private void onMessage(ServerMessage message) {
        if (state == State.ENDED) {
            return;
        }
        switch (message.getBodyCase()) {
            case WELCOME -> onWelcome(message.getWelcome());
            case REPLY -> onReply(message.getReply());
            case SNAPSHOT, DIFF -> {
                if (!isRetired) {
                    owner.onPush(this, message);
                }
            }
            case GO_AWAY -> owner.onGoAway(this, message.getGoAway());
            case BODY_NOT_SET -> {
                // Something that a newer server says, and that this client need not know.
            }
        }
    }

    private void onWelcome(Welcome message) {
        welcome = message;
        isWelcome = true;
    }

    private void onHelloReply(Reply reply) {
        if (reply.getCode() != Reply.Code.OK || !isWelcome) {
            end("hello refused: " + Wire.inWords(reply), reply.getRetryAfterMs());
            return;
        }
        opening.cancel();
        state = State.READY;
        owner.onReady(this);
    }

    private void onReply(Reply reply) {
        Consumer<Reply> onReply = unanswered.remove(reply.getRequestId());
        if (onReply != null) {
            onReply.accept(reply);
        }
        runIfAnswered();
    }

    private void runIfAnswered() {
        Runnable task = whenAnswered;
        if (task != null
                && (unanswered.isEmpty() || unanswered.keySet().iterator().next() > awaitedId)) {
            whenAnswered = null;
            task.run();
        }
    }

    private void end(String cause) {
        end(cause, 0);
    }

    private void end(String cause, long retryAfterMs) {
        assert loop.inLoop();
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        opening.cancel();
        unanswered.clear();
        pass.close();
        stream.cancel(cause);
        channel.shutdownNow();
        owner.onEnd(this, cause, retryAfterMs);
    }

    private static Reply tooLarge(int bytes) {
        return Reply.newBuilder()
                .setCode(Reply.Code.RESOURCE_EXHAUSTED)
                .setMessage(
                        "message: " + bytes + " bytes (expected: at most " + ClientSettings.MAX_OUTBOUND_BYTES + ")")
                .build();
    }
}

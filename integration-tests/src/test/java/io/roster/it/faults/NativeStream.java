// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Welcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One native stream, spoken by hand, from hello to its end. Any thread may ask; lists come on gRPC's own. */
final class NativeStream implements ClientResponseObserver<ClientMessage, ServerMessage>, AutoCloseable {

    private static final long PATIENCE_MS = 2_000;

    private final ManagedChannel channel;
    private final Consumer<ServerMessage> lists;
    private final Runnable onEnd;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> unanswered = new ConcurrentHashMap<>();
    private volatile Welcome welcome = Welcome.getDefaultInstance();
    private volatile boolean isOpen = true;

    /** Whether it has said goodbye; guarded by this object. */
    private boolean isLeaving;

    private volatile boolean isStalled;
    private volatile @Nullable ClientCallStreamObserver<ClientMessage> requests;

    /** Begins; {@code onEnd} is run once, whatever ends it. */
    NativeStream(Line line, Consumer<ServerMessage> lists, Runnable onEnd) {
        this.lists = lists;
        this.onEnd = onEnd;
        this.channel = line.channel().disableRetry().build();
        RegistryGrpc.newStub(channel).connect(this);
    }

    /** Says hello; false if nobody answers. */
    boolean open(String app) {
        Hello hello = Hello.newBuilder()
                .setProtocolVersion(1)
                .setClientKind(ClientKind.CONNECTION)
                .setApp(app)
                .build();
        Reply reply = ask(ClientMessage.newBuilder().setHello(hello));
        return reply != null && reply.getCode() == Reply.Code.OK;
    }

    /** The answer; null if none comes. */
    @Nullable
    Reply ask(ClientMessage.Builder question) {
        ClientCallStreamObserver<ClientMessage> stream = requests;
        if (!isOpen || stream == null) {
            return null;
        }
        long id = lastId.incrementAndGet();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        unanswered.put(id, answer);
        try {
            synchronized (this) {
                stream.onNext(question.setRequestId(id).build());
            }
            return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException | ExecutionException | TimeoutException ended) {
            return null;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            unanswered.remove(id);
        }
    }

    /** Of which life of the server it is. */
    long epoch() {
        return welcome.getEpoch();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Does not read any more, or reads again. */
    void stall(boolean stalled) {
        isStalled = stalled;
        ClientCallStreamObserver<ClientMessage> stream = requests;
        if (!stalled && stream != null && isOpen) {
            stream.request(1);
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientMessage> stream) {
        stream.disableAutoRequestWithInitial(1);
        requests = stream;
    }

    @Override
    public void onNext(ServerMessage message) {
        switch (message.getBodyCase()) {
            case WELCOME -> welcome = message.getWelcome();
            case REPLY -> {
                CompletableFuture<Reply> answer =
                        unanswered.get(message.getReply().getRequestId());
                if (answer != null) {
                    answer.complete(message.getReply());
                }
            }
            case SNAPSHOT, DIFF -> lists.accept(message);
            case GO_AWAY, BODY_NOT_SET -> {
                // It will be ended.
            }
        }
        ClientCallStreamObserver<ClientMessage> stream = requests;
        if (!isStalled && stream != null) {
            stream.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onCompleted() {
        end();
    }

    private void end() {
        isOpen = false;
        unanswered.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException("ended")));
        channel.shutdownNow();
        onEnd.run();
    }

    /** Says goodbye; once, however often it is asked to before the server has answered. */
    @Override
    public synchronized void close() {
        ClientCallStreamObserver<ClientMessage> stream = requests;
        if (isOpen && stream != null && !isLeaving) {
            isLeaving = true;
            stream.onCompleted();
        }
    }

    /** Ends it from this side, with a word to the server only if the connection carries one. */
    void abandon() {
        channel.shutdownNow();
    }
}

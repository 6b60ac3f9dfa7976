// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.ByteString;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Welcome;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Holder;
import io.roster.server.client.SessionHash;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.push.Fanout;
import io.roster.server.security.Caller;
import io.roster.server.transport.StreamPipe;
import org.jspecify.annotations.Nullable;

/** A Hello that can be taken: who the client says it is, which client that is here, and the Welcome it gets. Immutable. */
final class Greeting {

    /** The version of the protocol spoken here. */
    private static final int PROTOCOL_VERSION = 1;

    private static final int LABEL_LENGTH = 128;
    private static final int MAX_LABELS = 32;
    private static final int LABELS_LENGTH = 1_024;

    private final ServerContext context;
    private final Caller caller;
    private final Hello hello;
    private final long requestId;
    private final String namespace;
    private final long graceMs;

    private Greeting(ServerContext context, Caller caller, ClientMessage message, String namespace) {
        this.context = context;
        this.caller = caller;
        this.hello = message.getHello();
        this.requestId = message.getRequestId();
        this.namespace = namespace;
        this.graceMs =
                hello.getClientKind() == ClientKind.CONNECTION ? Math.min(hello.getGraceMs(), context.maxGraceMs()) : 0;
    }

    /**
     * Reads a Hello.
     *
     * @throws RegistryException if it is refused
     */
    static Greeting of(ServerContext context, Caller caller, ClientMessage message) {
        Hello hello = message.getHello();
        try {
            check(hello);
            String namespace = hello.getNamespace().isEmpty()
                    ? ServiceName.DEFAULT_NAMESPACE
                    : context.decoder()
                            .limits()
                            .service(hello.getNamespace(), "", "any")
                            .namespace();
            return new Greeting(context, caller, message, namespace);
        } catch (RegistryException refusal) {
            throw refusal.within("hello");
        }
    }

    private static void check(Hello hello) {
        if (hello.getProtocolVersion() > PROTOCOL_VERSION || hello.getProtocolVersion() < 0) {
            throw RegistryException.invalid(
                    "protocol_version",
                    Integer.toUnsignedString(hello.getProtocolVersion()),
                    String.valueOf(PROTOCOL_VERSION));
        }
        if (hello.getClientKind() != ClientKind.CONNECTION && hello.getClientKind() != ClientKind.IP_PORT) {
            throw RegistryException.invalid("client_kind", hello.getClientKindValue(), "CONNECTION (1) or IP_PORT (2)");
        }
        if (hello.getGraceMs() < 0) {
            throw RegistryException.invalid("grace_ms", hello.getGraceMs(), ">= 0");
        }
        NativeDecoder.label("app", hello.getApp(), LABEL_LENGTH);
        NativeDecoder.label("sdk_name", hello.getSdkName(), LABEL_LENGTH);
        NativeDecoder.label("sdk_version", hello.getSdkVersion(), LABEL_LENGTH);
        int length = hello.getLabelsMap().entrySet().stream()
                .mapToInt(label -> label.getKey().length() + label.getValue().length())
                .sum();
        if (hello.getLabelsCount() > MAX_LABELS || length > LABELS_LENGTH) {
            throw RegistryException.invalid(
                    "labels",
                    hello.getLabelsCount() + " labels of " + length + " characters",
                    "at most " + MAX_LABELS + " of " + LABELS_LENGTH + " in all");
        }
    }

    long requestId() {
        return requestId;
    }

    /**
     * The client that this one was on its stream before, held by this stream from now on; null if it was none, or its time
     * is up.
     *
     * @param then runs once the stream before has ended; never before this call has returned if it posts
     */
    @Nullable
    ConnectionBasedClient resume(Holder stream, Runnable then) {
        if (hello.getSession().isEmpty()) {
            return null;
        }
        SessionHash session = hash(hello.getSession());
        return context.clients().takeOver(session, stream, info(), graceMs, then);
    }

    /**
     * Lets a new client in.
     *
     * @return what it is to be welcomed with
     * @throws RegistryException RESOURCE_EXHAUSTED if there are too many
     */
    Newcomer enter(Holder stream) {
        String id = newId();
        long nowMs = context.nowMs().getAsLong();
        ByteString session = ByteString.copyFrom(context.clients().newSession());
        ConnectionBasedClient client = new ConnectionBasedClient(id, info(), nowMs, hash(session), stream, graceMs);
        if (!context.clients().open(client)) {
            throw RegistryException.exhausted("max-clients", context.clients().count(), "raise the limit");
        }
        return new Newcomer(client, session);
    }

    /** An id that nobody has; a client of an earlier life may have one that looks like new. */
    private String newId() {
        String id;
        do {
            id = caller.from() + '/' + context.streams().nextSerial();
        } while (context.clients().find(id) != null);
        return id;
    }

    /**
     * A session is its principal's, and of its kind: somebody else who has come to know its id cannot take it over, nor can
     * a stream under which its claims would not live as they did.
     */
    private SessionHash hash(ByteString session) {
        ByteString whose =
                ByteString.copyFromUtf8(caller.principal().name() + '\0' + hello.getClientKindValue() + '\0');
        return SessionHash.of(whose.concat(session).toByteArray());
    }

    /** A new client and the id of its session, which is said once and kept nowhere. */
    record Newcomer(ConnectionBasedClient client, ByteString session) {}

    private ClientInfo info() {
        String sdk = (hello.getSdkName() + ' ' + hello.getSdkVersion()).trim();
        return new ClientInfo(
                "native", caller.from(), hello.getApp(), sdk, hello.getLabelsMap(), System.currentTimeMillis());
    }

    /** Welcomes a client that is new. */
    Session welcome(Newcomer newcomer, Fanout fanout, StreamPipe pipe, Answers answers) {
        Welcome.Builder welcome = welcome(newcomer.client()).setSession(newcomer.session());
        return begin(newcomer.client(), welcome, fanout, pipe, answers);
    }

    /** Welcomes a client that is back. What lives by heartbeats has to be registered again to live by those of this stream. */
    Session welcomeBack(ConnectionBasedClient client, Fanout fanout, StreamPipe pipe, Answers answers) {
        Welcome.Builder welcome = welcome(client)
                .setSession(hello.getSession())
                .setResumed(hello.getClientKind() == ClientKind.CONNECTION);
        return begin(client, welcome, fanout, pipe, answers);
    }

    private Session begin(
            ConnectionBasedClient client, Welcome.Builder welcome, Fanout fanout, StreamPipe pipe, Answers answers) {
        pipe.send(ServerMessage.newBuilder().setWelcome(welcome).build());
        answers.ok(requestId, 0);
        Publisher publisher = hello.getClientKind() == ClientKind.CONNECTION
                ? new Publisher.ByStream(context.registry(), client)
                : new Publisher.ByHeartbeat(context.registry(), context.clients(), client, fanout.loop());
        return new Session(
                context,
                caller,
                client,
                publisher,
                fanout.open(client, NativeEncoder.INSTANCE, pipe),
                answers,
                namespace);
    }

    private Welcome.Builder welcome(ConnectionBasedClient client) {
        BeatLimits beats = context.registry().limits().beats();
        return Welcome.newBuilder()
                .setClientId(client.id())
                .setServerId(context.identity().serverId())
                .setEpoch(context.registry().epoch())
                .setHeartbeatIntervalMs(beats.intervalMs())
                .setHeartbeatTimeoutMs(beats.timeoutMs())
                .setDeleteTimeoutMs(beats.deleteMs())
                .setSettlingMs(context.settling().remainingMs())
                .setProtocolVersion(PROTOCOL_VERSION)
                .setServerVersion(context.identity().version())
                .setGraceMs(graceMs);
    }
}

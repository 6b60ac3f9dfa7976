// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.InstanceRef;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Unsubscribe;
import io.roster.proto.v1.Welcome;
import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.push.Fanout;
import io.roster.server.push.Outbox;
import io.roster.server.transport.Peer;
import io.roster.server.transport.StreamPipe;
import java.util.List;

/** What one client says on its stream, from Hello to the end. Confined to the stream's loop. */
final class Session {

    /** The version of the protocol spoken here. */
    static final int PROTOCOL_VERSION = 1;

    private static final int LABEL_LENGTH = 128;
    private static final int MAX_LABELS = 32;
    private static final int LABELS_LENGTH = 1_024;

    private final ServerContext context;
    private final Client client;
    private final Publisher publisher;
    private final Outbox outbox;
    private final Answers answers;
    private final String namespace;

    private Session(
            ServerContext context,
            Client client,
            Publisher publisher,
            Outbox outbox,
            Answers answers,
            String namespace) {
        this.context = context;
        this.client = client;
        this.publisher = publisher;
        this.outbox = outbox;
        this.answers = answers;
        this.namespace = namespace;
    }

    /** Takes Hello, lets the client in and welcomes it. */
    static Session begin(
            ServerContext context, Fanout fanout, StreamPipe pipe, Peer peer, Answers answers, ClientMessage message) {
        Hello hello = message.getHello();
        String namespace;
        try {
            check(hello);
            namespace = hello.getNamespace().isEmpty()
                    ? ServiceName.DEFAULT_NAMESPACE
                    : context.decoder()
                            .limits()
                            .service(hello.getNamespace(), "", "any")
                            .namespace();
        } catch (RegistryException refusal) {
            throw refusal.within("hello");
        }
        long nowMs = context.nowMs().getAsLong();
        String id = peer.address() + '/' + context.streams().nextSerial();
        String sdk = (hello.getSdkName() + ' ' + hello.getSdkVersion()).trim();
        ClientInfo info = new ClientInfo(
                "native", peer.address(), hello.getApp(), sdk, hello.getLabelsMap(), System.currentTimeMillis());
        ConnectionBasedClient client = new ConnectionBasedClient(id, info, nowMs);
        if (!context.clients().open(client)) {
            throw RegistryException.exhausted("max-clients", context.clients().count(), "raise the limit");
        }
        Publisher publisher = hello.getClientKind() == ClientKind.CONNECTION
                ? new Publisher.ByStream(context.registry(), client)
                : new Publisher.ByHeartbeat(context.registry(), context.clients(), client, fanout.loop());
        Outbox outbox = fanout.open(client, NativeEncoder.INSTANCE, pipe);
        pipe.send(ServerMessage.newBuilder().setWelcome(welcome(context, id)).build());
        answers.ok(message.getRequestId(), 0);
        return new Session(context, client, publisher, outbox, answers, namespace);
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

    private static Welcome welcome(ServerContext context, String clientId) {
        BeatLimits beats = context.registry().limits().beats();
        return Welcome.newBuilder()
                .setClientId(clientId)
                .setServerId(context.identity().serverId())
                .setEpoch(context.registry().epoch())
                .setHeartbeatIntervalMs(beats.intervalMs())
                .setHeartbeatTimeoutMs(beats.timeoutMs())
                .setDeleteTimeoutMs(beats.deleteMs())
                .setSettlingMs(context.settlingMs().getAsLong())
                .setProtocolVersion(PROTOCOL_VERSION)
                .setServerVersion(context.identity().version())
                .build();
    }

    /**
     * Takes one message after Hello.
     *
     * @throws RegistryException if it is refused at once
     */
    void handle(ClientMessage message) {
        client.touch(context.nowMs().getAsLong());
        long id = message.getRequestId();
        switch (message.getBodyCase()) {
            case REGISTER -> inside("register", () -> register(id, message.getRegister()));
            case DEREGISTER -> inside("deregister", () -> deregister(id, message.getDeregister()));
            case HEARTBEAT -> heartbeat(id);
            case SUBSCRIBE -> inside("subscribe", () -> subscribe(id, message.getSubscribe()));
            case UNSUBSCRIBE -> inside("unsubscribe", () -> unsubscribe(id, message.getUnsubscribe()));
            case QUERY -> inside("query", () -> query(id, message.getQuery()));
            case HELLO, BODY_NOT_SET ->
                throw RegistryException.invalid(
                        "body", "none", "register, deregister, heartbeat, subscribe, unsubscribe or query");
        }
    }

    private static void inside(String path, Runnable step) {
        try {
            step.run();
        } catch (RegistryException refusal) {
            throw refusal.field().isEmpty() ? refusal : refusal.within(path);
        }
    }

    private void register(long id, Register register) {
        ServiceName service = context.decoder().service(register.getService(), namespace);
        List<Instance> instances = context.decoder().instances(register.getInstancesList());
        answers.whenDone(id, ack -> publisher.register(service, instances, ack));
    }

    private void deregister(long id, Deregister deregister) {
        ServiceName service = context.decoder().service(deregister.getService(), namespace);
        List<InstanceKey> keys = context.decoder().keys(deregister.getInstancesList());
        answers.whenDone(id, ack -> publisher.deregister(service, keys, ack));
    }

    private void heartbeat(long id) {
        answers.expect();
        publisher.heartbeat(lost -> answers.later(() -> answerHeartbeat(id, lost)));
    }

    private void answerHeartbeat(long id, List<Publisher.Lost> lost) {
        if (lost.isEmpty()) {
            answers.ok(id, 0);
            return;
        }
        Reply.Builder reply = Reply.newBuilder()
                .setRequestId(id)
                .setCode(Reply.Code.NOT_FOUND)
                .setMessage("not registered, register again: " + lost.size() + " instances");
        lost.forEach(each -> reply.addNotRegistered(InstanceRef.newBuilder()
                .setService(NativeEncoder.ref(each.service()))
                .setInstance(NativeEncoder.key(each.key()))));
        answers.send(reply);
    }

    private void subscribe(long id, Subscribe subscribe) {
        ServiceName service = context.decoder().service(subscribe.getService(), namespace);
        View view = context.decoder().view(subscribe.getView());
        long have = have(
                subscribe.hasHave(), subscribe.getHave(), context.registry().epoch());
        answers.ok(id, outbox.subscribe(service, view, have));
        outbox.tell(service, view);
    }

    /** The revision that a reader has, if it is one of this server life. */
    static long have(boolean present, Have have, long epoch) {
        return present && have.getEpoch() == epoch && have.getRevision() >= 0
                ? have.getRevision()
                : Outbox.HAVE_NOTHING;
    }

    private void unsubscribe(long id, Unsubscribe unsubscribe) {
        ServiceName service = context.decoder().service(unsubscribe.getService(), namespace);
        if (!outbox.unsubscribe(service, context.decoder().view(unsubscribe.getView()))) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND, "this stream has no such subscription to " + service);
        }
        answers.ok(id, 0);
    }

    private void query(long id, Query query) {
        ServiceName service = context.decoder().service(query.getService(), namespace);
        View view = context.decoder().view(query.getView());
        answers.sendEncoded(NativeEncoder.reply(id, context.registry().snapshot(service), view));
    }

    void onReady() {
        outbox.onReady();
    }

    void end(Departure departure, String reason) {
        outbox.close();
        context.clients().close(client, departure, reason);
    }
}

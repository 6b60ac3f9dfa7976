// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.InstanceRef;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Unsubscribe;
import io.roster.server.client.Client;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.push.Outbox;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import java.util.List;

/** What one client says on its stream, from its welcome to the end. Confined to the stream's loop. */
final class Session {

    private final ServerContext context;
    private final Caller caller;
    private final Client client;
    private final Publisher publisher;
    private final Outbox outbox;
    private final Answers answers;
    private final String namespace;

    Session(
            ServerContext context,
            Caller caller,
            Client client,
            Publisher publisher,
            Outbox outbox,
            Answers answers,
            String namespace) {
        this.context = context;
        this.caller = caller;
        this.client = client;
        this.publisher = publisher;
        this.outbox = outbox;
        this.answers = answers;
        this.namespace = namespace;
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
        context.access().check(caller, Role.WRITE, service, "register");
        List<Instance> instances = context.decoder().instances(register.getInstancesList());
        answers.whenDone(id, ack -> publisher.register(service, instances, ack));
    }

    private void deregister(long id, Deregister deregister) {
        ServiceName service = context.decoder().service(deregister.getService(), namespace);
        context.access().check(caller, Role.WRITE, service, "deregister");
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
        context.access().check(caller, Role.READ, service, "subscribe");
        View view = context.decoder().view(subscribe.getView());
        long have = context.have(subscribe.hasHave(), subscribe.getHave());
        answers.ok(id, outbox.subscribe(service, view, have));
        outbox.tell(service, view);
    }

    private void unsubscribe(long id, Unsubscribe unsubscribe) {
        ServiceName service = context.decoder().service(unsubscribe.getService(), namespace);
        if (!outbox.unsubscribe(service, context.decoder().view(unsubscribe.getView()))) {
            throw RegistryException.of(
                    RegistryException.Code.NOT_FOUND, "this stream has no such subscription to " + service);
        }
        answers.ok(id, 0);
    }

    /**
     * Looks whether the caller may still hear what it hears.
     *
     * @throws RegistryException if it may not
     */
    void checkAgain() {
        outbox.services().forEach(service -> context.access().check(caller, Role.READ, service, "hear"));
    }

    private void query(long id, Query query) {
        ServiceName service = context.decoder().service(query.getService(), namespace);
        context.access().check(caller, Role.READ, service, "query");
        View view = context.decoder().view(query.getView());
        answers.sendEncoded(NativeEncoder.reply(id, context.registry().snapshot(service), view));
    }

    void onReady() {
        outbox.onReady();
    }

    /** Tells the client nothing more. */
    void end() {
        outbox.close();
    }
}

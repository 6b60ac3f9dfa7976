// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Lifetime;
import io.roster.it.history.Parting;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.Reply;
import org.jspecify.annotations.Nullable;

/** Publishes by one native stream, and is gone with it. */
final class StreamPublisher implements Publisher {

    private final String name;
    private final History history;
    private final Operations operations;
    private final NativeStream stream;

    StreamPublisher(String name, String place, History history, Operations operations, Line line) {
        this.name = name;
        this.history = history;
        this.operations = operations;
        history.add(at -> new Event.Joined(at, name, place, Lifetime.STREAM, 0));
        this.stream = new NativeStream(line, list -> {}, () -> history.add(at -> new Event.Lost(at, name)));
        if (!stream.open(name)) {
            stream.abandon();
        }
    }

    @Override
    public void register(String service, Address address, double weight) {
        Listed instance = operations.register(name, service, address, weight);
        Reply reply = stream.ask(ClientMessage.newBuilder()
                .setRegister(
                        Register.newBuilder().setService(Lists.ref(service)).addInstances(Lists.instance(instance))));
        note(Operations.number(instance), reply);
    }

    @Override
    public void deregister(String service, Address address) {
        int op = operations.deregister(name, service, address);
        Reply reply = stream.ask(ClientMessage.newBuilder()
                .setDeregister(
                        Deregister.newBuilder().setService(Lists.ref(service)).addInstances(Lists.key(address))));
        note(op, reply);
    }

    private void note(int op, @Nullable Reply reply) {
        if (reply == null || reply.getCode() == Reply.Code.UNAVAILABLE) {
            operations.unanswered(op, "no answer");
        } else if (reply.getCode() == Reply.Code.OK) {
            operations.done(op, stream.epoch(), reply.getRevision());
        } else if (reply.getCode() == Reply.Code.NOT_FOUND) {
            operations.done(op);
        } else {
            operations.refused(op, reply.getCode() + " " + reply.getMessage());
        }
    }

    @Override
    public boolean isHere() {
        return stream.isOpen();
    }

    @Override
    public void close() {
        if (stream.isOpen()) {
            history.add(at -> new Event.Left(at, name, Parting.GOODBYE));
            stream.close();
        }
    }
}

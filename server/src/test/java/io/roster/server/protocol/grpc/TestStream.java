// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Welcome;
import io.roster.server.fixture.House;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's end of one Connect stream. */
final class TestStream {

    private final House house;
    private final Heard<ServerMessage> heard;
    private final StreamObserver<ClientMessage> call;
    private long lastId;

    TestStream(House house, ClientCall<ClientMessage, ServerMessage> call) {
        this(house, call, Heard.EVERYTHING);
    }

    TestStream(House house, ClientCall<ClientMessage, ServerMessage> call, int room) {
        this.house = house;
        this.heard = new Heard<>(room);
        this.call = ClientCalls.asyncBidiStreamingCall(call, heard);
    }

    /** Says something and hears the one answer to it. */
    Reply says(ClientMessage.Builder message) {
        long id = sends(message);
        house.settle();
        List<Reply> replies = heard.messages().stream()
                .filter(ServerMessage::hasReply)
                .map(ServerMessage::getReply)
                .filter(reply -> reply.getRequestId() == id)
                .toList();
        assertThat(replies).as("answers to %s", message).hasSize(1);
        return replies.get(0);
    }

    /** Says something and does not wait. */
    long sends(ClientMessage.Builder message) {
        lastId++;
        call.onNext(message.setRequestId(lastId).build());
        return lastId;
    }

    /** Says something that is taken. */
    Reply does(ClientMessage.Builder message) {
        Reply reply = says(message);
        assertThat(reply.getCode()).as("%s", reply).isEqualTo(Reply.Code.OK);
        return reply;
    }

    void hello(ClientKind kind) {
        does(Say.hello(kind));
    }

    /** What it was welcomed with. */
    Welcome welcome() {
        return heard.messages().stream()
                .filter(ServerMessage::hasWelcome)
                .map(ServerMessage::getWelcome)
                .findFirst()
                .orElseThrow();
    }

    /** The stream still does its work. */
    void goesOn() {
        assertThat(end()).isNull();
        does(Say.heartbeat());
    }

    void halfCloses() {
        halfClosesWithoutWaiting();
        house.settle();
    }

    void halfClosesWithoutWaiting() {
        call.onCompleted();
    }

    void cancels() {
        breaks();
        house.settle();
    }

    /** The stream breaks, and the server has not looked yet. */
    void breaks() {
        heard.cancels();
    }

    void reads(int more) {
        heard.reads(more);
        house.settle();
    }

    List<ServerMessage> heard() {
        return heard.messages();
    }

    /** What it was told unasked. */
    List<ServerMessage> told() {
        return heard.messages().stream()
                .filter(message -> message.hasSnapshot() || message.hasDiff())
                .toList();
    }

    @Nullable
    Status end() {
        return heard.end();
    }
}

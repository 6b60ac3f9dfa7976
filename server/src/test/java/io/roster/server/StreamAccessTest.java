// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.security.ApiToken;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged within a call: each command of a native stream, what it goes on hearing, each service of a list. */
class StreamAccessTest {

    private final SecuredServer server;

    StreamAccessTest(@TempDir Path folder) throws IOException {
        server = new SecuredServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachCommandOfAStreamIsJudgedByItself() throws InterruptedException {
        Inbox<ServerMessage> inbox = new Inbox<>();
        StreamObserver<ClientMessage> stream = greets(server.reader, inbox);
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(2)
                .setRegister(Register.newBuilder()
                        .setService(SecuredServer.ORDERS)
                        .addInstances(Instance.newBuilder().setIp("10.0.0.1").setPort(1)))
                .build());
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(3)
                .setQuery(Query.newBuilder().setService(SecuredServer.ORDERS))
                .build());
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(4)
                .setSubscribe(Subscribe.newBuilder().setService(SecuredServer.ORDERS))
                .build());
        Map<Long, Reply.Code> replies = new TreeMap<>();
        while (replies.size() < 4) {
            ServerMessage message = inbox.next();
            if (message.hasReply()) {
                replies.put(
                        message.getReply().getRequestId(), message.getReply().getCode());
            }
        }
        assertThat(replies)
                .isEqualTo(Map.of(
                        1L, Reply.Code.OK, 2L, Reply.Code.PERMISSION_DENIED, 3L, Reply.Code.OK, 4L, Reply.Code.OK));
    }

    @Test
    void anotherUsersFileEndsTheStreamsAndWatchesThatHearWhatItForbids() throws Exception {
        Inbox<ServerMessage> stream = hears(server.reader);
        Inbox<ServerMessage> watch = watches(server.reader);
        Inbox<ServerMessage> allowed = hears(server.writer);
        server.goesBy(new UsersText()
                .token(server.reader, "reader", "read elsewhere")
                .token(server.writer, "writer", "write *"));
        for (Inbox<ServerMessage> forbidden : List.of(stream, watch)) {
            assertThat(forbidden.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(forbidden.end().getDescription()).contains("reader may not READ", "orders");
        }
        register("orders");
        assertThat(allowed.next().getDiff().getUpsertedList()).hasSize(1);
    }

    /** A stream that has said Hello, as its message number 1. */
    private StreamObserver<ClientMessage> greets(ApiToken token, Inbox<ServerMessage> inbox) {
        StreamObserver<ClientMessage> stream = ClientCalls.asyncBidiStreamingCall(
                server.as(token).newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT), inbox);
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(1)
                .setHello(Hello.newBuilder().setClientKind(ClientKind.CONNECTION))
                .build());
        return stream;
    }

    /** A stream that has been told the list of orders. */
    private Inbox<ServerMessage> hears(ApiToken token) throws InterruptedException {
        Inbox<ServerMessage> inbox = new Inbox<>();
        StreamObserver<ClientMessage> stream = greets(token, inbox);
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(2)
                .setSubscribe(Subscribe.newBuilder().setService(SecuredServer.ORDERS))
                .build());
        return told(inbox);
    }

    private Inbox<ServerMessage> watches(ApiToken token) throws InterruptedException {
        Inbox<ServerMessage> inbox = new Inbox<>();
        ClientCalls.asyncServerStreamingCall(
                server.as(token).newCall(RegistryGrpc.getWatchMethod(), CallOptions.DEFAULT),
                WatchRequest.newBuilder().setService(SecuredServer.ORDERS).build(),
                inbox);
        return told(inbox);
    }

    private static Inbox<ServerMessage> told(Inbox<ServerMessage> inbox) throws InterruptedException {
        boolean isTold = false;
        while (!isTold) {
            isTold = inbox.next().hasSnapshot();
        }
        return inbox;
    }

    @Test
    void aListOfServicesShowsOnlyWhatItsCallerMayRead() {
        for (String name : List.of("orders", "shop-1", "shop-2")) {
            register(name);
        }
        assertThat(names(server.partly)).containsExactly("shop-1", "shop-2");
        assertThat(names(server.stranger)).isEmpty();
        assertThat(names(server.reader)).hasSize(3);
    }

    private void register(String service) {
        ClientCalls.blockingUnaryCall(
                server.as(server.writer),
                RegistryGrpc.getRegisterInstanceMethod(),
                CallOptions.DEFAULT,
                RegisterInstanceRequest.newBuilder()
                        .setService(ServiceRef.newBuilder().setName(service))
                        .setInstance(Instance.newBuilder().setIp("10.0.0.1").setPort(1))
                        .build());
    }

    private List<String> names(ApiToken token) {
        return ClientCalls.blockingUnaryCall(
                        server.as(token),
                        RegistryGrpc.getListServicesMethod(),
                        CallOptions.DEFAULT,
                        ListServicesRequest.newBuilder().setNamespace("*").build())
                .getServicesList()
                .stream()
                .map(service -> service.getService().getName())
                .toList();
    }
}

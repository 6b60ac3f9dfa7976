// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import io.roster.proto.v1.ListSubscribersRequest;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Nacos clients may do, by the token in the headers of each request. */
class NacosAccessTest {

    private final SecuredServer server;

    NacosAccessTest(@TempDir Path folder) throws IOException {
        server = new SecuredServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsOfNacosClientsAreJudgedByTheTokenInTheirHeaders() throws InterruptedException {
        String body = "{\"serviceName\":\"orders\",\"type\":\"registerInstance\",\"subscribe\":true,\"pageSize\":10,"
                + "\"groupKeyPattern\":\"public>>DEFAULT_GROUP>>*\",\"watchType\":\"WATCH\"}";
        setUp();
        List<String> all = List.of(
                "InstanceRequest",
                "BatchInstanceRequest",
                "PersistentInstanceRequest",
                "ServiceQueryRequest",
                "ServiceListRequest",
                "SubscribeServiceRequest",
                "NamingFuzzyWatchRequest",
                "ConfigQueryRequest",
                "ConfigPublishRequest",
                "ConfigRemoveRequest",
                "ConfigBatchListenRequest");
        for (String type : all) {
            assertThat(ask(type, "", body)).as(type).contains("\"errorCode\":403");
            assertThat(ask(type, "nonsense", body)).as(type).contains("\"errorCode\":403");
        }
        for (String type : all.subList(0, 4)) {
            assertThat(ask(type, server.stranger.secret(), body)).as(type).contains("\"errorCode\":403");
        }
        for (String type : all.subList(0, 3)) {
            assertThat(ask(type, server.reader.secret(), body)).as(type).contains("\"errorCode\":403");
        }
        assertThat(ask(
                        "InstanceRequest",
                        server.writer.secret(),
                        body.replace("}", ",\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}}")))
                .contains("\"resultCode\":200");
        assertThat(ask("ServiceQueryRequest", server.reader.secret(), body)).contains("10.0.0.1");
        assertThat(ask("ServiceListRequest", server.reader.secret(), body)).contains("orders");
        assertThat(ask("ServiceListRequest", server.stranger.secret(), body))
                .contains("\"count\":0")
                .doesNotContain("orders");
        assertThat(ask("HealthCheckRequest", "", "{}")).contains("\"resultCode\":200");
    }

    @Test
    void anotherUsersFileDropsTheSubscriptionsThatItForbidsAndNoOthers() throws Exception {
        Inbox<Payload> inbox = setUp();
        for (String service : List.of("orders", "stock")) {
            ask("SubscribeServiceRequest", server.reader.secret(), about(service, "\"subscribe\":true"));
            assertThat(text(inbox.next())).contains("\"hosts\":[]", service);
        }
        server.goesBy(new UsersText()
                .token(server.reader, "reader", "read public stock")
                .token(server.writer, "writer", "write *")
                .token(server.operator, "operator", "operate *"));
        SecuredServer.eventually(() -> subscribersOf("orders") == 0);
        assertThat(subscribersOf("stock")).isEqualTo(1);
        for (String service : List.of("orders", "stock")) {
            ask(
                    "InstanceRequest",
                    server.writer.secret(),
                    about(service, "\"type\":\"registerInstance\",\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}"));
        }
        assertThat(text(inbox.next())).contains("10.0.0.1", "\"name\":\"stock\"");
    }

    private int subscribersOf(String service) {
        return ClientCalls.blockingUnaryCall(
                        server.as(server.operator),
                        OperatorGrpc.getListSubscribersMethod(),
                        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                        ListSubscribersRequest.newBuilder()
                                .setService(SecuredServer.service(service))
                                .build())
                .getSubscribersCount();
    }

    /** Makes the connection a client's. */
    private Inbox<Payload> setUp() throws InterruptedException {
        Inbox<Payload> inbox = new Inbox<>();
        StreamObserver<Payload> stream = ClientCalls.asyncBidiStreamingCall(
                server.channel().newCall(BiRequestStreamGrpc.getRequestBiStreamMethod(), CallOptions.DEFAULT), inbox);
        stream.onNext(payload("ConnectionSetupRequest", "", "{\"abilityTable\":{}}"));
        assertThat(text(inbox.next())).contains("abilityTable");
        return inbox;
    }

    private static String about(String service, String more) {
        return "{\"serviceName\":\"" + service + "\"," + more + '}';
    }

    private String ask(String type, String token, String body) {
        return text(ClientCalls.blockingUnaryCall(
                server.channel(),
                RequestGrpc.getRequestMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                payload(type, token, body)));
    }

    private static Payload payload(String type, String token, String body) {
        io.roster.proto.nacos.Metadata.Builder metadata =
                io.roster.proto.nacos.Metadata.newBuilder().setType(type);
        if (!token.isEmpty()) {
            metadata.putHeaders("accessToken", token);
        }
        Payload.Builder payload = Payload.newBuilder().setMetadata(metadata);
        payload.getBodyBuilder().setValue(ByteString.copyFromUtf8(body));
        return payload.build();
    }

    private static String text(Payload payload) {
        return payload.getBody().getValue().toStringUtf8();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import io.roster.proto.v1.AuthGrpc;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.LoginRequest;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import io.roster.server.security.ApiToken;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every gRPC method that the server has, without credentials and with too small a role. */
class AccessWalkTest {

    private static final ServiceRef ORDERS =
            ServiceRef.newBuilder().setNamespace("public").setName("orders").build();

    private final ApiToken stranger = ApiToken.random();
    private final ApiToken reader = ApiToken.random();
    private final ApiToken writer = ApiToken.random();
    private final ApiToken partly = ApiToken.random();
    private final ApiToken operator = ApiToken.random();
    private final RosterServer server;
    private final ManagedChannel channel;

    AccessWalkTest(@TempDir Path folder) throws IOException {
        Path users = new UsersText()
                .user("alice", "operate *")
                .token(stranger, "stranger", "operate elsewhere")
                .token(reader, "reader", "read *")
                .token(writer, "writer", "write *")
                .token(partly, "partly", "operate public shop")
                .token(operator, "operator", "operate *")
                .in(folder.resolve("users.json"));
        server = RosterServer.builder()
                .port(0)
                .set(Setting.SHUTDOWN_GRACE, 0)
                .set(Setting.USERS, users)
                .set(Setting.DATA_DIR, folder.resolve("data"))
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    private Channel as(@Nullable ApiToken token) {
        return token == null ? channel : bearing("Bearer " + token.secret());
    }

    private Channel bearing(String authorization) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** How each method answers a call about public/orders, by the method's name. */
    private Map<String, Status.Code> walk(Channel as) {
        Map<String, Status.Code> found = new TreeMap<>();
        server.grpcServices()
                .forEach(service -> service.getMethods()
                        .forEach(method ->
                                found.put(method.getMethodDescriptor().getFullMethodName(), outcome(as, method))));
        return found;
    }

    @SuppressWarnings("unchecked") // Messages are messages.
    private static Status.Code outcome(Channel as, ServerMethodDefinition<?, ?> definition) {
        MethodDescriptor<?, ?> served = definition.getMethodDescriptor();
        Descriptors.MethodDescriptor schema =
                ((ProtoMethodDescriptorSupplier) served.getSchemaDescriptor()).getMethodDescriptor();
        MethodDescriptor<Message, Message> method = MethodDescriptor.<Message, Message>newBuilder()
                .setType(served.getType())
                .setFullMethodName(served.getFullMethodName())
                .setRequestMarshaller(
                        ProtoUtils.marshaller((Message) DynamicMessage.getDefaultInstance(schema.getInputType())))
                .setResponseMarshaller(
                        ProtoUtils.marshaller((Message) DynamicMessage.getDefaultInstance(schema.getOutputType())))
                .build();
        try {
            Iterator<Message> answers = ClientCalls.blockingServerStreamingCall(
                    as,
                    method.toBuilder()
                            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                            .build(),
                    CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                    request(schema.getInputType()));
            if (answers.hasNext()) {
                answers.next();
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException failure) {
            return failure.getStatus().getCode();
        }
    }

    /** About public/orders, if it can be about a service. */
    private static Message request(Descriptors.Descriptor type) {
        DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
        Descriptors.FieldDescriptor service = type.findFieldByName("service");
        if (service != null && service.getJavaType() == Descriptors.FieldDescriptor.JavaType.MESSAGE) {
            request.setField(service, ORDERS);
        }
        return request.build();
    }

    private static final List<String> OPEN = List.of(
            "BiRequestStream/requestBiStream",
            "Request/request",
            "grpc.health.v1.Health/Check",
            "grpc.health.v1.Health/List",
            "grpc.health.v1.Health/Watch");

    /** On these, each command is refused by itself, or what may not be seen is left out. */
    private static final List<String> JUDGED_INSIDE = List.of(
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            "roster.v1.Registry/Connect",
            "roster.v1.Registry/ListServices");

    @Test
    void withoutCredentialsNothingIsOpenButHealthAndTheWaysIn() {
        Map<String, Status.Code> found = walk(as(null));
        assertThat(found).hasSizeGreaterThan(25);
        assertThat(found.remove("roster.v1.Auth/Login")).isEqualTo(Status.Code.UNAUTHENTICATED);
        found.keySet().removeAll(OPEN);
        assertThat(found).allSatisfy((method, code) -> assertThat(code).isEqualTo(Status.Code.UNAUTHENTICATED));
    }

    @Test
    void credentialsThatAreNobodysOpenNothing() {
        for (String authorization : List.of(
                "Bearer ",
                "Bearer x",
                "Bearer " + ApiToken.random().secret(),
                "Basic YWxpY2U6c2VjcmV0",
                operator.secret(),
                "Bearer a.b.c")) {
            Map<String, Status.Code> found = walk(bearing(authorization));
            // On these credentials are not looked at.
            found.keySet()
                    .removeIf(method -> method.startsWith("grpc.health.") || method.startsWith("roster.v1.Auth/"));
            assertThat(found).allSatisfy((method, code) -> assertThat(code).isEqualTo(Status.Code.UNAUTHENTICATED));
        }
    }

    @Test
    void grantsElsewhereOpenNothingHere() {
        for (ApiToken token : List.of(stranger, partly)) {
            Map<String, Status.Code> found = walk(as(token));
            found.keySet().removeAll(OPEN);
            found.keySet().removeAll(JUDGED_INSIDE);
            found.remove("roster.v1.Auth/Login");
            assertThat(found).allSatisfy((method, code) -> assertThat(code).isEqualTo(Status.Code.PERMISSION_DENIED));
        }
    }

    @Test
    void readersOnlyReadAndWritersDoNotOperate() {
        List<String> reads = List.of(
                "roster.v1.Registry/GetService", "roster.v1.Registry/ListInstances", "roster.v1.Registry/Watch");
        List<String> writes = List.of(
                "roster.v1.Registry/RegisterInstance",
                "roster.v1.Registry/DeregisterInstance",
                "roster.v1.Registry/Heartbeat");
        for (ApiToken token : List.of(reader, writer)) {
            Map<String, Status.Code> found = walk(as(token));
            found.keySet().removeAll(OPEN);
            found.keySet().removeAll(JUDGED_INSIDE);
            found.remove("roster.v1.Auth/Login");
            List<String> let = new ArrayList<>(reads);
            if (token.equals(writer)) {
                let.addAll(writes);
            }
            assertThat(found.keySet()).containsAll(let);
            found.forEach((method, code) -> {
                if (let.contains(method)) {
                    assertThat(code).as(method).isNotIn(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED);
                } else {
                    assertThat(code).as(method).isEqualTo(Status.Code.PERMISSION_DENIED);
                }
            });
        }
    }

    @Test
    void operatorsAreRefusedNothing() {
        assertThat(walk(as(operator)).values())
                .doesNotContain(Status.Code.PERMISSION_DENIED)
                .satisfies(codes -> assertThat(codes.stream().filter(Status.Code.UNAUTHENTICATED::equals))
                        .as("a login without a user")
                        .hasSize(1));
    }

    @Test
    void aLoginOpensWhatItsUserMay() {
        String token = ClientCalls.blockingUnaryCall(
                        channel,
                        AuthGrpc.getLoginMethod(),
                        CallOptions.DEFAULT,
                        LoginRequest.newBuilder()
                                .setUser("alice")
                                .setPassword("secret")
                                .build())
                .getAccessToken();
        assertThat(walk(bearing("bearer " + token)).values()).doesNotContain(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void eachCommandOfAStreamIsJudgedByItself() throws InterruptedException {
        BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
        StreamObserver<ClientMessage> stream = ClientCalls.asyncBidiStreamingCall(
                as(reader).newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT), new StreamObserver<>() {
                    @Override
                    public void onNext(ServerMessage message) {
                        heard.add(message);
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(1)
                .setHello(Hello.newBuilder().setClientKind(ClientKind.CONNECTION))
                .build());
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(2)
                .setRegister(Register.newBuilder()
                        .setService(ORDERS)
                        .addInstances(Instance.newBuilder().setIp("10.0.0.1").setPort(1)))
                .build());
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(3)
                .setQuery(Query.newBuilder().setService(ORDERS))
                .build());
        stream.onNext(ClientMessage.newBuilder()
                .setRequestId(4)
                .setSubscribe(Subscribe.newBuilder().setService(ORDERS))
                .build());
        Map<Long, Reply.Code> replies = new TreeMap<>();
        while (replies.size() < 4) {
            ServerMessage message = heard.poll(10, TimeUnit.SECONDS);
            assertThat(message).as("after %s", replies).isNotNull();
            if (message != null && message.hasReply()) {
                replies.put(
                        message.getReply().getRequestId(), message.getReply().getCode());
            }
        }
        assertThat(replies)
                .isEqualTo(Map.of(
                        1L, Reply.Code.OK, 2L, Reply.Code.PERMISSION_DENIED, 3L, Reply.Code.OK, 4L, Reply.Code.OK));
    }

    @Test
    void aListOfServicesShowsOnlyWhatItsCallerMayRead() {
        for (String name : List.of("orders", "shop-1", "shop-2")) {
            ClientCalls.blockingUnaryCall(
                    as(writer),
                    RegistryGrpc.getRegisterInstanceMethod(),
                    CallOptions.DEFAULT,
                    RegisterInstanceRequest.newBuilder()
                            .setService(ServiceRef.newBuilder().setName(name))
                            .setInstance(Instance.newBuilder().setIp("10.0.0.1").setPort(1))
                            .build());
        }
        assertThat(names(partly)).containsExactly("shop-1", "shop-2");
        assertThat(names(stranger)).isEmpty();
        assertThat(names(reader)).hasSize(3);
    }

    private List<String> names(ApiToken token) {
        return ClientCalls.blockingUnaryCall(
                        as(token),
                        RegistryGrpc.getListServicesMethod(),
                        CallOptions.DEFAULT,
                        ListServicesRequest.newBuilder().setNamespace("*").build())
                .getServicesList()
                .stream()
                .map(service -> service.getService().getName())
                .toList();
    }

    @Test
    void requestsOfNacosClientsAreJudgedByTheTokenInTheirHeaders() {
        String body = "{\"serviceName\":\"orders\",\"type\":\"registerInstance\",\"subscribe\":true,\"pageSize\":10,"
                + "\"groupKeyPattern\":\"public>>DEFAULT_GROUP>>*\",\"watchType\":\"WATCH\"}";
        BlockingQueue<Payload> heard = new LinkedBlockingQueue<>();
        StreamObserver<Payload> stream = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(BiRequestStreamGrpc.getRequestBiStreamMethod(), CallOptions.DEFAULT),
                new StreamObserver<>() {
                    @Override
                    public void onNext(Payload message) {
                        heard.add(message);
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
        stream.onNext(payload("ConnectionSetupRequest", "", "{\"abilityTable\":{}}"));
        assertThat(poll(heard)).contains("abilityTable");
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
            assertThat(ask(type, stranger.secret(), body)).as(type).contains("\"errorCode\":403");
        }
        for (String type : all.subList(0, 3)) {
            assertThat(ask(type, reader.secret(), body)).as(type).contains("\"errorCode\":403");
        }
        assertThat(ask(
                        "InstanceRequest",
                        writer.secret(),
                        body.replace("}", ",\"instance\":{\"ip\":\"10.0.0.1\",\"port\":1}}")))
                .contains("\"resultCode\":200");
        assertThat(ask("ServiceQueryRequest", reader.secret(), body)).contains("10.0.0.1");
        assertThat(ask("ServiceListRequest", reader.secret(), body)).contains("orders");
        assertThat(ask("ServiceListRequest", stranger.secret(), body))
                .contains("\"count\":0")
                .doesNotContain("orders");
        assertThat(ask("HealthCheckRequest", "", "{}")).contains("\"resultCode\":200");
    }

    private String ask(String type, String token, String body) {
        return ClientCalls.blockingUnaryCall(
                        channel,
                        RequestGrpc.getRequestMethod(),
                        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                        payload(type, token, body))
                .getBody()
                .getValue()
                .toStringUtf8();
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

    private static String poll(BlockingQueue<Payload> heard) {
        try {
            Payload payload = heard.poll(10, TimeUnit.SECONDS);
            return payload == null ? "nothing" : payload.getBody().getValue().toStringUtf8();
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }
}

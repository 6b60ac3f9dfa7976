// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.AuthGrpc;
import io.roster.proto.v1.LoginRequest;
import io.roster.server.security.ApiToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every gRPC method that the server has, without credentials and with too small a role. */
class AccessWalkTest {

    private final SecuredServer server;

    AccessWalkTest(@TempDir Path folder) throws IOException {
        server = new SecuredServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** How each method answers a call about public/orders, by the method's name. */
    private Map<String, Status.Code> walk(Channel as) {
        Map<String, Status.Code> found = new TreeMap<>();
        server.methods()
                .forEach(method -> found.put(method.getMethodDescriptor().getFullMethodName(), outcome(as, method)));
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
            request.setField(service, SecuredServer.ORDERS);
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
        Map<String, Status.Code> found = walk(server.channel());
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
                server.operator.secret(),
                "Bearer a.b.c")) {
            Map<String, Status.Code> found = walk(server.bearing(authorization));
            // On these credentials are not looked at.
            found.keySet()
                    .removeIf(method -> method.startsWith("grpc.health.") || method.startsWith("roster.v1.Auth/"));
            assertThat(found).allSatisfy((method, code) -> assertThat(code).isEqualTo(Status.Code.UNAUTHENTICATED));
        }
    }

    @Test
    void grantsElsewhereOpenNothingHere() {
        for (ApiToken token : List.of(server.stranger, server.partly)) {
            Map<String, Status.Code> found = walk(server.as(token));
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
        for (ApiToken token : List.of(server.reader, server.writer)) {
            Map<String, Status.Code> found = walk(server.as(token));
            found.keySet().removeAll(OPEN);
            found.keySet().removeAll(JUDGED_INSIDE);
            found.remove("roster.v1.Auth/Login");
            List<String> let = new ArrayList<>(reads);
            if (token.equals(server.writer)) {
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
        assertThat(walk(server.as(server.operator)).values())
                .doesNotContain(Status.Code.PERMISSION_DENIED)
                .satisfies(codes -> assertThat(codes.stream().filter(Status.Code.UNAUTHENTICATED::equals))
                        .as("a login without a user")
                        .hasSize(1));
    }

    @Test
    void aLoginOpensWhatItsUserMay() {
        String token = ClientCalls.blockingUnaryCall(
                        server.channel(),
                        AuthGrpc.getLoginMethod(),
                        CallOptions.DEFAULT,
                        LoginRequest.newBuilder()
                                .setUser("alice")
                                .setPassword("secret")
                                .build())
                .getAccessToken();
        assertThat(walk(server.bearing("bearer " + token)).values()).doesNotContain(Status.Code.PERMISSION_DENIED);
    }
}

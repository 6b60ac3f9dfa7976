// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Reply;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadHelloTest {

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("badHellos")
    void isRefusedAndABetterOneIsStillTaken(UnaryOperator<Hello.Builder> wrong, String field, String text) {
        TestStream stream = wire.connects();
        Reply reply = stream.says(ClientMessage.newBuilder()
                .setHello(wrong.apply(Hello.newBuilder().setClientKind(CONNECTION))));
        assertThat(reply.getCode()).as("%s", reply).isEqualTo(Reply.Code.INVALID_ARGUMENT);
        assertThat(reply.getField()).isEqualTo(field);
        assertThat(reply.getMessage()).contains(text);
        assertThat(wire.house().clients().count()).isZero();
        stream.hello(CONNECTION);
        stream.goesOn();
    }

    static Stream<Arguments> badHellos() {
        return Stream.of(
                bad(hello -> hello.setClientKindValue(0), "hello.client_kind", "0 (expected: CONNECTION"),
                bad(hello -> hello.setClientKindValue(99), "hello.client_kind", "99"),
                bad(hello -> hello.setProtocolVersion(2), "hello.protocol_version", "2"),
                bad(hello -> hello.setProtocolVersion(-1), "hello.protocol_version", "4294967295"),
                bad(hello -> hello.setGraceMs(-1), "hello.grace_ms", "-1 (expected: >= 0"),
                bad(hello -> hello.setNamespace("a b"), "hello.namespace", "only letters"),
                bad(hello -> hello.setApp("a".repeat(129)), "hello.app", "at most 128"),
                bad(hello -> hello.setSdkName("a".repeat(129)), "hello.sdk_name", "at most 128"),
                bad(hello -> hello.setSdkVersion("a".repeat(129)), "hello.sdk_version", "at most 128"),
                bad(hello -> hello.putLabels("a", "x".repeat(1_024)), "hello.labels", "1025 characters"),
                bad(BadHelloTest::withManyLabels, "hello.labels", "33 labels"));
    }

    private static Arguments bad(UnaryOperator<Hello.Builder> wrong, String field, String text) {
        return arguments(wrong, field, text);
    }

    private static Hello.Builder withManyLabels(Hello.Builder hello) {
        for (int i = 0; i < 33; i++) {
            hello.putLabels("label" + i, "");
        }
        return hello;
    }
}

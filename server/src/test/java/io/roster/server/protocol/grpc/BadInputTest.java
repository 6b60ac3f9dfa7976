// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.View;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is refused with the code, the field and the value; nothing changes and the stream goes on. */
class BadInputTest {

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"badServices", "badInstances", "badBatches", "badOthers"})
    void isRefusedChangesNothingAndTheStreamGoesOn(
            String what, ClientMessage.Builder message, Reply.Code code, String field, String text) {
        TestStream stream = wire.greets(CONNECTION);
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        Reply reply = stream.says(message);
        assertThat(reply.getCode()).as("%s", reply).isEqualTo(code);
        assertThat(reply.getField()).as("%s", reply).isEqualTo(field);
        assertThat(reply.getMessage()).contains(text);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        assertThat(wire.house().revision("orders")).isEqualTo(1);
        assertThat(wire.house().registry().claimCount()).isEqualTo(1);
        assertThat(wire.house().registry().heldServiceCount()).isEqualTo(1);
        assertThat(wire.house().fanouts().subscriptions()).isZero();
        stream.goesOn();
    }

    static Stream<Arguments> badServices() {
        return Stream.of(
                invalid("no service name", register(ServiceRef.newBuilder()), "register.service.name", "\"\""),
                invalid("a blank in a name", named("a b"), "register.service.name", "white space"),
                invalid("@@ in a name", named("a@@b"), "register.service.name", "no @@"),
                invalid("a name that is too long", named("x".repeat(513)), "register.service.name", "at most 512"),
                invalid(
                        "a bad namespace",
                        register(ServiceRef.newBuilder().setName("s").setNamespace("a/b")),
                        "register.service.namespace",
                        "only letters"),
                invalid(
                        "a long namespace",
                        register(ServiceRef.newBuilder().setName("s").setNamespace("n".repeat(65))),
                        "register.service.namespace",
                        "at most 64"),
                invalid(
                        "a long group",
                        register(ServiceRef.newBuilder().setName("s").setGroup("g".repeat(129))),
                        "register.service.group",
                        "at most 128"));
    }

    static Stream<Arguments> badInstances() {
        return Stream.of(
                badInstance("no ip", instance("", 80), "ip", "an IP address"),
                badInstance("a blank in the ip", instance("10.0.0.1 ", 80), "ip", "white space"),
                badInstance("port -1", instance("10.0.0.2", -1), "port", "-1 (expected: 0 to 65535)"),
                badInstance("port 70000", instance("10.0.0.2", 70_000), "port", "70000"),
                badInstance("weight NaN", weighing(Double.NaN), "weight", "NaN (expected: 0 to 10000)"),
                badInstance("weight -1", weighing(-1), "weight", "-1.0"),
                badInstance("weight 1e9", weighing(1e9), "weight", "1.0E9"),
                badInstance("bad cluster", instance("10.0.0.2", 80).setCluster("a b"), "cluster", "only letters"),
                badInstance(
                        "long cluster", instance("10.0.0.2", 80).setCluster("c".repeat(65)), "cluster", "at most 64"),
                badInstance(
                        "much metadata",
                        instance("10.0.0.2", 80).putMetadata("k", "v".repeat(1_000)),
                        "metadata",
                        "1001 characters"),
                arguments(
                        "a persistent instance",
                        Say.register("orders", instance("10.0.0.2", 80).setEphemeral(false)),
                        Reply.Code.UNIMPLEMENTED,
                        "register.instances[0].ephemeral",
                        "not supported yet"));
    }

    static Stream<Arguments> badBatches() {
        return Stream.of(
                invalid("an empty batch", Say.register("orders"), "register.instances", "at least one"),
                invalid(
                        "one key twice",
                        Say.register(
                                "orders",
                                instance("10.0.0.2", 80),
                                instance("10.0.0.2", 80).setWeight(2)),
                        "register.instances[1]",
                        "no key twice"),
                invalid(
                        "one bad among good",
                        Say.register("orders", instance("10.0.0.2", 80), instance("10.0.0.3", -1)),
                        "register.instances[1].port",
                        "-1"),
                arguments(
                        "more than a client may publish",
                        Say.register(
                                "orders",
                                IntStream.range(0, 6)
                                        .mapToObj(i -> instance("10.0.1.1", i))
                                        .toArray(Instance.Builder[]::new)),
                        Reply.Code.RESOURCE_EXHAUSTED,
                        "",
                        "instances-per-client: 5"));
    }

    static Stream<Arguments> badOthers() {
        return Stream.of(
                invalid("an empty message", ClientMessage.newBuilder(), "body", "none"),
                arguments(
                        "a second hello",
                        Say.hello(CONNECTION),
                        Reply.Code.FAILED_PRECONDITION,
                        "hello",
                        "second hello"),
                notFound("deregistering what is not there", Say.deregister("orders", key("10.0.0.2", 80))),
                notFound("deregistering all of nothing", Say.deregister("bills")),
                notFound("unsubscribing what was never subscribed", Say.unsubscribe("orders")),
                invalid(
                        "deregistering a bad key",
                        Say.deregister("orders", key("10.0.0.1", 80), key("", 80)),
                        "deregister.instances[1].ip",
                        "an IP address"),
                invalid("subscribing to nothing", Say.subscribe(""), "subscribe.service.name", "a service name"),
                invalid("unsubscribing nothing", Say.unsubscribe(""), "unsubscribe.service.name", "a service name"),
                invalid("querying nothing", Say.query(""), "query.service.name", "a service name"),
                invalid(
                        "a bad cluster in a view",
                        seeing(View.newBuilder().addClusters("a b")),
                        "subscribe.view.cluster",
                        ""),
                invalid(
                        "too many clusters in a view",
                        seeing(View.newBuilder().addAllClusters(Collections.nCopies(65, "c"))),
                        "subscribe.view.clusters",
                        "at most 64"));
    }

    @Test
    void anythingBeforeHelloIsRefusedAndHelloIsStillTaken() {
        TestStream stream = wire.connects();
        Reply reply = stream.says(Say.register("orders", instance("10.0.0.1", 80)));
        assertThat(reply.getCode()).isEqualTo(Reply.Code.FAILED_PRECONDITION);
        assertThat(reply.getMessage()).contains("hello as the first message");
        assertThat(wire.house().registry().claimCount()).isZero();
        stream.hello(CONNECTION);
        stream.goesOn();
    }

    private static Arguments invalid(String what, ClientMessage.Builder message, String field, String text) {
        return arguments(what, message, Reply.Code.INVALID_ARGUMENT, field, text);
    }

    private static Arguments badInstance(String what, Instance.Builder instance, String field, String text) {
        return invalid(what, Say.register("orders", instance), "register.instances[0]." + field, text);
    }

    private static Arguments notFound(String what, ClientMessage.Builder message) {
        return arguments(what, message, Reply.Code.NOT_FOUND, "", "");
    }

    private static ClientMessage.Builder register(ServiceRef.Builder service) {
        return ClientMessage.newBuilder()
                .setRegister(Register.newBuilder().setService(service).addInstances(instance("10.0.0.2", 80)));
    }

    private static ClientMessage.Builder named(String name) {
        return register(ServiceRef.newBuilder().setName(name));
    }

    private static Instance.Builder weighing(double weight) {
        return instance("10.0.0.2", 80).setWeight(weight);
    }

    private static ClientMessage.Builder seeing(View.Builder view) {
        return ClientMessage.newBuilder()
                .setSubscribe(
                        Subscribe.newBuilder().setService(Say.service("orders")).setView(view));
    }
}

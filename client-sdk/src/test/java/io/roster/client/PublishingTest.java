// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.client.RosterException.Code;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PublishingTest {
    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");
    private final RosterClient client = stage.client("a:1");

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void registersAnInstance() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 8080));

        ClientMessage register = server.stream().received(BodyCase.REGISTER).get(0);
        assertThat(register.getRegister().getService().getNamespace()).isEqualTo("public");
        assertThat(register.getRegister().getService().getName()).isEqualTo("orders");
        assertThat(instancesOf(register)).containsExactly(Instance.of("10.0.0.7", 8080));
    }

    @Test
    void registersABatchInOneMessage() {
        List<Instance> batch = List.of(Instance.of("10.0.0.7", 1), Instance.of("10.0.0.7", 2));

        stage.answer(client.registerInstancesAsync(ServiceName.of("orders"), batch));

        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
        assertThat(instancesOf(server.stream().received(BodyCase.REGISTER).get(0)))
                .isEqualTo(batch);
    }

    @Test
    void aReconnectedClientRegistersAgainWhatIsAcknowledgedAndNotTakenBack() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 2));
        stage.answer(client.registerInstanceAsync(
                "orders", Instance.builder("10.0.0.7", 1).weight(3).build()));
        stage.answer(client.deregisterInstanceAsync("orders", "10.0.0.7", 2));

        reconnect();

        assertThat(server.streams).hasSize(2);
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
        assertThat(instancesOf(server.stream().received(BodyCase.REGISTER).get(0)))
                .containsExactly(Instance.builder("10.0.0.7", 1).weight(3).build());
    }

    @Test
    void aRefusedRegistrationThrowsAndIsNotRemembered() {
        server.answers = message -> message.hasRegister()
                ? FakeServer.refused(Reply.Code.INVALID_ARGUMENT, "register.instances[0].port")
                : FakeServer.ok();

        RosterException failure = stage.failure(client.registerInstanceAsync("orders", "10.0.0.7", -1));

        assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failure.field()).isEqualTo("register.instances[0].port");
        assertThat(failure).hasMessageContaining("orders").hasMessageContaining("refused");
        reconnect();
        assertThat(server.stream().received(BodyCase.REGISTER)).isEmpty();
    }

    @Test
    void aRegistrationWhoseConnectionBreaksIsSentAgainOnTheNext() {
        server.answers = message -> message.hasRegister() ? null : FakeServer.ok();
        CompletableFuture<Void> registered = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.run();
        server.answers = message -> FakeServer.ok();

        reconnect();

        stage.answer(registered);
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
    }

    @Test
    void aRegistrationThatTimesOutSaysSoAndIsForgotten() {
        server.answers = message -> message.hasRegister() ? null : FakeServer.ok();
        CompletableFuture<Void> registered = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.advance(Stage.TIMEOUT_MS);

        RosterException failure = stage.failure(registered);

        assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        assertThat(failure)
                .hasMessageContaining("registerInstances public/DEFAULT_GROUP/orders")
                .hasMessageContaining("5000 ms")
                .hasMessageContaining("CONNECTED to a:1");
        reconnect();
        assertThat(server.stream().received(BodyCase.REGISTER)).isEmpty();
    }

    @Test
    void deregisteringWhatIsUnknownIsDone() {
        server.answers =
                message -> message.hasDeregister() ? FakeServer.refused(Reply.Code.NOT_FOUND, "") : FakeServer.ok();

        stage.answer(client.deregisterInstanceAsync("orders", "10.0.0.7", 1));
    }

    @Test
    void aServerThatIsStoppingIsNotAskedTwiceButTheNextOneIs() {
        server.answers =
                message -> message.hasRegister() ? FakeServer.refused(Reply.Code.UNAVAILABLE, "") : FakeServer.ok();
        CompletableFuture<Void> registered = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.run();
        server.answers = message -> FakeServer.ok();

        reconnect();

        stage.answer(registered);
    }

    @Test
    void whatIsRefusedOnRegisteringAgainIsTriedAgainLaterAndDoesNotHoldUpTheRest() {
        List<Instance> batch = IntStream.range(0, 150)
                .mapToObj(port -> Instance.of("10.0.0.7", port))
                .toList();
        stage.answer(client.registerInstancesAsync(ServiceName.of("orders"), batch));
        Instance bad = Instance.of("10.0.0.7", 120);
        server.answers = message -> instancesOf(message).contains(bad)
                ? FakeServer.refused(Reply.Code.INVALID_ARGUMENT, "")
                : FakeServer.ok();

        reconnect();
        FakeServer.Stream stream = server.stream();
        int refusals = stream.received(BodyCase.REGISTER).size();
        server.answers = message -> FakeServer.ok();
        stage.advance(ClientSettings.RESTORE_MAX_MS);

        assertThat(stream.received(BodyCase.REGISTER)).hasSize(refusals + 1);
        assertThat(instancesOf(stream.received(BodyCase.REGISTER).get(refusals)))
                .containsExactly(bad);
        assertThat(stream.received(BodyCase.REGISTER).stream()
                        .filter(message -> instancesOf(message).contains(Instance.of("10.0.0.7", 121))))
                .as("alone, after the batch was refused")
                .hasSize(2);
        stage.advance(10 * ClientSettings.RESTORE_MAX_MS);
        assertThat(stream.received(BodyCase.REGISTER)).hasSize(refusals + 1);
    }

    @Test
    void refusesAMessageThatWouldEndTheStream() {
        Instance huge = Instance.builder("10.0.0.7", 1)
                .metadata("text", "x".repeat(ClientSettings.MAX_OUTBOUND_BYTES))
                .build();

        RosterException failure = stage.failure(client.registerInstanceAsync("orders", huge));

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(failure).hasMessageContaining("expected: at most 4194304");
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        assertThat(server.streams).hasSize(1);
    }

    @Test
    void refusesMoreInstancesThanItCanKeep() {
        List<Instance> batch = IntStream.range(0, ClientSettings.MAX_PUBLISHED + 1)
                .mapToObj(port -> Instance.of("10.0.0.7", port))
                .toList();

        RosterException failure = stage.failure(client.registerInstancesAsync(ServiceName.of("orders"), batch));

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(server.stream().received(BodyCase.REGISTER)).isEmpty();
    }

    private void reconnect() {
        server.stream().drop();
        stage.run();
        stage.advanceToReconnect();
    }

    private static List<Instance> instancesOf(ClientMessage message) {
        return message.getRegister().getInstancesList().stream()
                .map(Wire::instance)
                .toList();
    }
}

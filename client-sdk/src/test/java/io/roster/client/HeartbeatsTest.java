// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.InstanceRef;
import io.roster.proto.v1.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");
    private final RosterClient client = stage.client(RosterClientBuilder::heartbeats, "a:1");

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void beatsAsOftenAsTheServerAsks() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));

        stage.advance(20_000);

        assertThat(server.stream().received.get(0).getHello().getClientKind()).isEqualTo(ClientKind.IP_PORT);
        assertThat(beats()).isEqualTo(4);
    }

    @Test
    void beatsAsOftenAsTheHastiestInstanceAsks() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        stage.answer(client.registerInstanceAsync(
                "orders",
                Instance.builder("10.0.0.7", 2)
                        .metadata("preserved.heart.beat.interval", "1000")
                        .build()));

        stage.advance(20_000);

        assertThat(beats()).isEqualTo(20);
    }

    @Test
    void hasNothingToBeatForWithoutAnInstance() {
        stage.advance(20_000);

        assertThat(beats()).isZero();
    }

    @Test
    void sendsNoBeatWhileOneIsUnanswered() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.answers = message -> message.hasHeartbeat() ? null : FakeServer.ok();

        stage.advance(20_000);

        assertThat(beats()).isEqualTo(1);
    }

    @Test
    void registersAgainWhatTheServerHasForgottenAndIsStillIntended() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 2));
        server.answers = message -> message.hasHeartbeat()
                ? FakeServer.refused(Reply.Code.NOT_FOUND, "")
                        .addNotRegistered(forgotten(1))
                        .addNotRegistered(forgotten(3))
                : FakeServer.ok();

        stage.advance(5_000);

        var registered = server.stream().received(BodyCase.REGISTER);
        assertThat(registered).hasSize(3);
        assertThat(registered.get(2).getRegister().getInstancesList())
                .map(Wire::instance)
                .containsExactly(Instance.of("10.0.0.7", 1));
    }

    @Test
    void beatsOnAfterAReconnect() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.stream().drop();
        stage.advanceToReconnect();

        stage.advance(20_000);

        assertThat(server.streams).hasSize(2);
        assertThat(beats()).isBetween(3, 4);
    }

    private int beats() {
        return server.stream().received(BodyCase.HEARTBEAT).size();
    }

    private static InstanceRef forgotten(int port) {
        return InstanceRef.newBuilder()
                .setService(Wire.ref(ServiceName.of("public", "DEFAULT_GROUP", "orders")))
                .setInstance(Wire.message(new InstanceKey("10.0.0.7", port, "DEFAULT")))
                .build();
    }
}

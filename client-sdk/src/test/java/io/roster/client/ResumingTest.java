// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that has broken goes on where it was. */
final class ResumingTest {
    private static final ByteString SESSION = ByteString.copyFromUtf8("0123456789abcdef");

    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");

    private final RosterClient client = connect();

    private RosterClient connect() {
        server.welcome =
                server.welcome.toBuilder().setSession(SESSION).setGraceMs(5_000).build();
        return stage.client("a:1");
    }

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void asksForAGraceUnlessToldNotTo() {
        assertThat(hello().getGraceMs()).isEqualTo(5_000);
        assertThat(hello().getSession()).isEqualTo(ByteString.EMPTY);
        stage.client(builder -> builder.grace(Duration.ZERO), "a:1");
        assertThat(hello().getGraceMs()).isZero();
    }

    @Test
    void namesTheSessionThatBroke() {
        reconnect(true);
        assertThat(hello().getSession()).isEqualTo(SESSION);
        reconnect(false);
        assertThat(hello().getSession()).isEqualTo(SESSION);
    }

    @Test
    void anotherServerIsToldNothingOfIt() {
        FakeServer one = stage.server("b:1");
        FakeServer other = stage.server("c:1");
        one.welcome = server.welcome;
        other.welcome = server.welcome;
        stage.client("b:1", "c:1");
        FakeServer first = one.streams.isEmpty() ? other : one;
        FakeServer second = one.streams.isEmpty() ? one : other;
        first.stream().drop();
        stage.run();
        stage.advanceToReconnect();
        assertThat(second.stream().received.get(0).getHello().getSession()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void aSessionThatStillLivesIsLeftAndNotTakenOver() {
        server.stream().goAway(0);
        stage.run();
        stage.advanceToReconnect();
        assertThat(server.streams).hasSize(2);
        assertThat(hello().getSession()).isEqualTo(ByteString.EMPTY);
        assertThat(server.streams.get(0).isHalfClosed).isTrue();
    }

    @Test
    void whatIsPublishedIsRegisteredAgainAllTheSame() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        reconnect(true);
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
    }

    @Test
    void whatWasTakenBackWithoutAConnectionIsTakenBackOnceThereIsOne() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        disconnect();
        var unanswered = client.deregisterInstanceAsync("orders", "10.0.0.7", 1);
        stage.failureOf(unanswered, Stage.TIMEOUT_MS);
        comeBack(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER))
                .singleElement()
                .satisfies(message -> assertThat(
                                message.getDeregister().getInstances(0).getIp())
                        .isEqualTo("10.0.0.7"));
        assertThat(server.stream().received(BodyCase.REGISTER)).isEmpty();
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER))
                .as("once is enough")
                .isEmpty();
    }

    @Test
    void whatWasTakenBackWithoutAnAnswerIsTakenBackAgain() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.answers = message -> message.hasDeregister() ? null : FakeServer.ok();
        stage.failureOf(client.deregisterInstanceAsync("orders", "10.0.0.7", 1), Stage.TIMEOUT_MS);
        server.answers = message -> FakeServer.ok();
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).hasSize(1);
    }

    @Test
    void aRegistrationThatItsCallerGaveUpIsTakenBack() {
        server.answers = message -> message.hasRegister() ? null : FakeServer.ok();
        stage.failureOf(client.registerInstanceAsync("orders", "10.0.0.7", 1), Stage.TIMEOUT_MS);
        server.answers = message -> FakeServer.ok();
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).hasSize(1);
    }

    @Test
    void aRegistrationThatItsCallerWaitsForIsRepeatedAndNotTakenBack() {
        server.answers = message -> message.hasRegister() ? null : FakeServer.ok();
        var waiting = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.run();
        server.answers = message -> FakeServer.ok();
        reconnect(true);
        stage.answer(waiting);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
    }

    @Test
    void oneThatIsRefusedWhenItIsRepeatedIsTakenBack() {
        server.answers = message -> message.hasRegister() ? null : FakeServer.ok();
        var waiting = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.run();
        server.answers = message ->
                message.hasRegister() ? Reply.newBuilder().setCode(Reply.Code.RESOURCE_EXHAUSTED) : FakeServer.ok();
        reconnect(true);
        stage.failure(waiting);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).hasSize(1);
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER))
                .as("once is enough")
                .isEmpty();
    }

    @Test
    void whereTheSessionIsNewThereIsNothingToTakeBack() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        disconnect();
        stage.failureOf(client.deregisterInstanceAsync("orders", "10.0.0.7", 1), Stage.TIMEOUT_MS);
        comeBack(false);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
    }

    @Test
    void whatLivesByHeartbeatsMayStandThoughTheSessionIsNew() {
        RosterClient beating = stage.client(RosterClientBuilder::heartbeats, "a:1");
        stage.answer(beating.registerInstanceAsync("orders", "10.0.0.7", 1));
        disconnect();
        stage.failureOf(beating.deregisterInstanceAsync("orders", "10.0.0.7", 1), Stage.TIMEOUT_MS);
        comeBack(false);
        assertThat(server.streams.stream().flatMap(stream -> stream.received(BodyCase.DEREGISTER).stream()))
                .hasSize(1);
    }

    @Test
    void whatIsWantedAgainIsLeftAlone() {
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.answers = message -> message.hasDeregister() ? null : FakeServer.ok();
        stage.failureOf(client.deregisterInstanceAsync("orders", "10.0.0.7", 1), Stage.TIMEOUT_MS);
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.answers = message -> FakeServer.ok();
        reconnect(true);
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
        assertThat(server.stream().received(BodyCase.REGISTER)).hasSize(1);
    }

    private Hello hello() {
        return server.stream().received.get(0).getHello();
    }

    private void reconnect(boolean resumed) {
        disconnect();
        comeBack(resumed);
    }

    private void disconnect() {
        stage.stop("a:1");
        stage.run();
    }

    private void comeBack(boolean resumed) {
        server.welcome = server.welcome.toBuilder().setResumed(resumed).build();
        stage.start("a:1", server);
        stage.advance(2 * ClientSettings.RECONNECT_MAX_MS);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }
}

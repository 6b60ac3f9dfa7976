// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.client.RosterException.Code;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectingTest {
    private final Stage stage = new Stage();

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void saysWhoItIs() {
        FakeServer server = stage.server("a:1");

        RosterClient client =
                stage.client(builder -> builder.app("shop").namespace("blue").label("zone", "z1"), "a:1");

        Hello hello = server.stream().received.get(0).getHello();
        assertThat(hello.getProtocolVersion()).isEqualTo(1);
        assertThat(hello.getClientKind()).isEqualTo(ClientKind.CONNECTION);
        assertThat(hello.getApp()).isEqualTo("shop");
        assertThat(hello.getNamespace()).isEqualTo("blue");
        assertThat(hello.getLabelsMap()).containsEntry("zone", "z1");
        assertThat(client.serverStatus())
                .isEqualTo(new ServerStatus(ServerStatus.State.CONNECTED, "a:1", "s1", "c1", null));
    }

    @Test
    void aCallMadeWithoutAConnectionWaitsForIt() {
        RosterClient client = stage.client("a:1");
        CompletableFuture<Void> registered = client.registerInstanceAsync("orders", "10.0.0.7", 1);
        stage.advance(1_000);
        assertThat(registered).isNotDone();
        stage.server("a:1");

        stage.advance(ClientSettings.RECONNECT_MAX_MS / 2);

        stage.answer(registered);
    }

    @Test
    void aCallThatNoConnectionComesForFailsWithWhatIsWrong() {
        RosterClient client = stage.client("a:1");
        CompletableFuture<InstanceList> list = client.getAllInstancesAsync("orders");

        stage.advance(Stage.TIMEOUT_MS);

        RosterException failure = stage.failure(list);
        assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        assertThat(failure)
                .hasMessageContaining("getAllInstances public/DEFAULT_GROUP/orders: no answer within 5000 ms")
                .hasMessageContaining("CONNECTING to a:1 (last error: UNAVAILABLE");
    }

    @Test
    void aDeadServerIsPassedOver() {
        stage.server("b:1");

        RosterClient client = stage.client("a:1", "b:1");
        stage.advance(300);

        assertThat(client.serverStatus().address()).isEqualTo("b:1");
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }

    @Test
    void aServerThatAcceptsButSaysNothingIsPassedOver() {
        FakeServer silent = stage.server("a:1");
        silent.answers = message -> null;
        RosterClient client = stage.client("a:1");
        assertThat(silent.streams).hasSize(1);
        silent.answers = message -> FakeServer.ok();

        stage.advance(ClientSettings.CONNECT_TIMEOUT_MS + 100);

        assertThat(silent.streams.get(0).isBroken).isTrue();
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }

    @Test
    void aRefusedHelloIsToldToWhoeverWaits() {
        FakeServer server = stage.server("a:1");
        server.answers = message -> FakeServer.refused(Reply.Code.UNAUTHENTICATED, "");
        RosterClient client = stage.client("a:1");
        CompletableFuture<InstanceList> list = client.getAllInstancesAsync("orders");

        stage.advance(Stage.TIMEOUT_MS);

        assertThat(stage.failure(list)).hasMessageContaining("hello refused: UNAUTHENTICATED refused");
    }

    @Test
    void aServerThatSendsItAwayForATimeIsTriedAgainAfterIt() {
        FakeServer a = stage.server("a:1");
        a.answers =
                message -> FakeServer.refused(Reply.Code.RESOURCE_EXHAUSTED, "").setRetryAfterMs(20_000);
        stage.client("a:1");
        stage.advance(19_999);
        assertThat(stage.tried).hasSize(1);
        stage.advance(10_001);
        assertThat(stage.tried).hasSize(2);
    }

    @Test
    void aStreamThatIsRefusedForATimeIsTriedAgainAfterIt() {
        FakeServer a = stage.server("a:1");
        stage.client("a:1");
        a.stream().refuse(20_000);
        stage.run();
        stage.advance(19_999);
        assertThat(stage.tried).hasSize(1);
        stage.advance(10_001);
        assertThat(stage.tried).hasSize(2);
    }

    @Test
    void attemptsBecomeRareAndNeverStop() {
        stage.client("a:1");

        stage.advance(60_000);
        int first = stage.tried.size();
        assertThat(first).isBetween(15, 60);
        stage.advance(60_000);
        assertThat(stage.tried.size() - first).isBetween(12, 50);
    }

    @Test
    void aServerThatDropsEverybodyAtOnceIsNotStormed() {
        FakeServer server = stage.server("a:1");
        stage.client("a:1");
        for (int second = 0; second < 600; second++) {
            if (!server.stream().isBroken) {
                server.stream().drop();
            }
            stage.advance(100);
        }

        assertThat(server.streams).hasSizeLessThan(60);
    }

    @Test
    void onGoAwayItIsPublishedAtAnotherServerBeforeItLeavesTheOld() {
        FakeServer a = stage.server("a:1");
        FakeServer b = stage.server("b:1");
        RosterClient client = stage.client("a:1", "b:1");
        FakeServer old = a.streams.isEmpty() ? b : a;
        FakeServer next = old == a ? b : a;
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        next.answers = message -> message.hasRegister() ? null : FakeServer.ok();

        old.stream().goAway(1_000);
        stage.advance(0);

        assertThat(next.stream().received(BodyCase.REGISTER)).hasSize(1);
        assertThat(old.stream().isHalfClosed).as("not yet published").isFalse();
        next.stream()
                .send(io.roster.proto.v1.ServerMessage.newBuilder()
                        .setReply(FakeServer.ok()
                                .setRequestId(next.stream()
                                        .received(BodyCase.REGISTER)
                                        .get(0)
                                        .getRequestId())));
        stage.run();
        assertThat(old.stream().isHalfClosed).isTrue();
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
        stage.advance(60_000);
        assertThat(next.streams).hasSize(1);
        assertThat(old.streams).hasSize(1);
    }

    @Test
    void onGoAwayOfTheOnlyServerItReturnsAfterTheDelay() {
        FakeServer server = stage.server("a:1");
        RosterClient client = stage.client("a:1");

        server.stream().goAway(1_000);
        stage.run();
        server.stream().drop();
        stage.advance(999);
        assertThat(server.streams).hasSize(1);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTING);

        stage.advance(700);
        assertThat(server.streams).hasSize(2);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }

    @Test
    void serversThatAllSendItAwayAreNotStormed() {
        FakeServer a = stage.server("a:1");
        FakeServer b = stage.server("b:1");
        stage.client("a:1", "b:1");
        for (int step = 0; step < 600; step++) {
            Stream.of(a, b)
                    .flatMap(server -> server.streams.stream())
                    .filter(stream -> !stream.isHalfClosed)
                    .forEach(stream -> stream.goAway(0));
            stage.advance(100);
        }

        assertThat(stage.tried).hasSizeLessThan(60);
    }

    @Test
    void whenNoOtherServerCanBeReachedItStaysUntilItIsSentAway() {
        FakeServer a = stage.server("a:1");
        RosterClient client = stage.client("a:1", "b:1");
        stage.advance(300);

        a.stream().goAway(0);
        stage.advance(10_000);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
        stage.server("b:1");
        stage.advance(10_000);

        assertThat(client.serverStatus().address()).isEqualTo("b:1");
        assertThat(a.stream().isHalfClosed).isTrue();
    }

    @Test
    void aServerThatRepeatsItselfIsLeftOnce() {
        FakeServer a = stage.server("a:1");
        FakeServer b = stage.server("b:1");
        stage.client("a:1", "b:1");
        FakeServer old = a.streams.isEmpty() ? b : a;

        old.stream().goAway(0);
        old.stream().goAway(0);
        stage.advance(0);
        stage.advance(60_000);

        assertThat(stage.tried).hasSize(2);
    }

    @Test
    void closingWithoutAConnectionIsDoneAtOnce() {
        RosterClient client = stage.client("a:1");

        stage.answer(client.leave());
        stage.advance(60_000);

        assertThat(stage.tried).hasSize(1);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CLOSED);
    }

    @Test
    void aServerThatDoesNotSayGoodbyeIsLeftAllTheSame() {
        FakeServer server = stage.server("a:1");
        RosterClient client = stage.client("a:1");
        server.saysGoodbye = false;
        CompletableFuture<Void> left = client.leave();
        stage.run();
        assertThat(left).isNotDone();

        stage.advance(ClientSettings.LEAVE_TIMEOUT_MS);

        stage.answer(left);
        assertThat(stage.loop.timers()).isZero();
    }

    @Test
    void moreCallsThanMayWaitAreRefused() {
        RosterClient client = stage.client("a:1");
        List<CompletableFuture<InstanceList>> waiting = IntStream.range(0, ClientSettings.MAX_WAITING_CALLS)
                .mapToObj(any -> client.getAllInstancesAsync("orders"))
                .toList();

        RosterException failure = stage.failure(client.getAllInstancesAsync("orders"));

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        stage.advance(Stage.TIMEOUT_MS);
        waiting.forEach(list -> assertThat(stage.failure(list).code()).isEqualTo(Code.TIMEOUT));
        assertThat(stage.failureOf(client.getAllInstancesAsync("orders"), Stage.TIMEOUT_MS)
                        .code())
                .as("there is room again")
                .isEqualTo(Code.TIMEOUT);
    }

    @Test
    void closingFailsWhatWaitsAndLeavesInGoodOrder() {
        FakeServer server = stage.server("a:1");
        RosterClient client = stage.client("a:1");
        stage.answer(client.registerInstanceAsync("orders", "10.0.0.7", 1));
        server.answers = message -> null;
        CompletableFuture<InstanceList> list = client.getAllInstancesAsync("orders");
        stage.run();

        stage.answer(client.leave());

        assertThat(stage.failure(list).code()).isEqualTo(Code.CLOSED);
        assertThat(server.stream().isHalfClosed).isTrue();
        assertThat(server.stream().received(BodyCase.DEREGISTER)).isEmpty();
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CLOSED);
        assertThat(stage.failure(client.getAllInstancesAsync("orders")).code()).isEqualTo(Code.CLOSED);
        stage.advance(60_000);
        assertThat(server.streams).hasSize(1);
        assertThat(stage.loop.timers()).isZero();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.client.RosterException.Code;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.Subscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscribingTest {
    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance B = Instance.of("10.0.0.2", 80);
    private static final Instance SICK_B =
            Instance.builder("10.0.0.2", 80).healthy(false).build();

    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");
    private final RosterClient client = stage.client("a:1");
    private final List<ServiceEvent> events = new ArrayList<>();

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void tellsTheFirstListAndThenWhatChanges() {
        server.list("orders", 1, A);
        subscribe();
        assertThat(last().added()).containsExactly(A);
        assertThat(last().service()).isEqualTo(ServiceName.of("public", "DEFAULT_GROUP", "orders"));

        server.change("orders", List.of(B), List.of());
        stage.run();
        assertThat(last().added()).containsExactly(B);

        server.change("orders", List.of(SICK_B), List.of(A));
        stage.run();
        assertThat(last().added()).isEmpty();
        assertThat(last().changed()).containsExactly(SICK_B);
        assertThat(last().removed()).containsExactly(A);
        assertThat(last().instances()).containsExactly(SICK_B);
        assertThat(last().isStale()).isFalse();
        assertThat(events).hasSize(3);
    }

    @Test
    void tellsThatAServiceHasNobody() {
        subscribe();

        assertThat(events).hasSize(1);
        assertThat(last().instances()).isEmpty();
    }

    @Test
    void aSubscribedListIsReadWithoutAskingTheServer() {
        server.list("orders", 1, A);
        subscribe();

        assertThat(stage.answer(client.getAllInstancesAsync("orders"))).containsExactly(A);

        assertThat(server.stream().received(BodyCase.QUERY)).isEmpty();
        assertThat(client.getSubscribedServices()).containsExactly(ServiceName.of("public", "DEFAULT_GROUP", "orders"));
    }

    @Test
    void aListWithTheWrongDigestIsAskedForAgain() {
        server.list("orders", 1, A);
        subscribe();
        server.digestError = 1;

        server.change("orders", List.of(B), List.of());
        stage.run();

        assertThat(subscribesAfterTheFirst()).isNotEmpty().noneMatch(Subscribe::hasHave);
        assertThat(last().instances()).as("until there is a better one").containsExactly(A);
        assertThat(last().isStale()).isTrue();
        server.digestError = 0;
        stage.advance(ClientSettings.RESTORE_MAX_MS);
        assertThat(last().instances()).containsExactly(A, B);
        assertThat(last().isStale()).isFalse();
    }

    @Test
    void aServerThatIsAlwaysWrongIsNotStormed() {
        server.digestError = 1;
        subscribe();

        stage.advance(10 * ClientSettings.RESTORE_MAX_MS);

        assertThat(subscribesAfterTheFirst()).hasSizeBetween(10, 60);
        assertThat(events).isEmpty();
    }

    @Test
    void aGapInTheRevisionsLeadsToTheFullList() {
        server.list("orders", 1, A);
        subscribe();
        server.list("orders", 5, A);

        server.change("orders", List.of(B), List.of());
        stage.run();

        assertThat(subscribesAfterTheFirst()).hasSize(1).noneMatch(Subscribe::hasHave);
        assertThat(last().instances()).containsExactly(A, B);
    }

    @Test
    void aSecondListenerHearsTheListAtOnceAndNobodyIsAsked() {
        server.list("orders", 1, A);
        subscribe();
        List<ServiceEvent> others = new ArrayList<>();

        stage.answer(client.subscribeAsync("orders", others::add));

        assertThat(others).hasSize(1);
        assertThat(others.get(0).added()).containsExactly(A);
        assertThat(subscribesAfterTheFirst()).isEmpty();
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        server.list("orders", 1, A);
        stage.answer(client.subscribeAsync("orders", event -> {
            throw new IllegalStateException("a listener's own fault");
        }));
        subscribe();

        server.change("orders", List.of(B), List.of());
        stage.run();

        assertThat(last().instances()).containsExactly(A, B);
    }

    @Test
    void theLastListenerToLeaveEndsTheSubscription() {
        server.list("orders", 1, A);
        ServiceListener one = events::add;
        ServiceListener two = event -> {};
        stage.answer(client.subscribeAsync("orders", one));
        stage.answer(client.subscribeAsync("orders", two));

        stage.answer(client.unsubscribeAsync("orders", one));
        assertThat(server.stream().received(BodyCase.UNSUBSCRIBE)).isEmpty();
        server.change("orders", List.of(B), List.of());
        stage.run();
        assertThat(events).hasSize(1);

        stage.answer(client.unsubscribeAsync("orders", two));
        assertThat(server.stream().received(BodyCase.UNSUBSCRIBE)).hasSize(1);
        assertThat(client.getSubscribedServices()).isEmpty();
        stage.answer(client.unsubscribeAsync("orders", two));
    }

    @Test
    void aRefusedSubscriptionThrowsAndLeavesNothingBehind() {
        server.answers = message ->
                message.hasSubscribe() ? FakeServer.refused(Reply.Code.RESOURCE_EXHAUSTED, "") : FakeServer.ok();

        RosterException failure = stage.failure(client.subscribeAsync("orders", events::add));

        assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(client.getSubscribedServices()).isEmpty();
        server.stream().drop();
        stage.advanceToReconnect();
        assertThat(server.stream().received(BodyCase.SUBSCRIBE)).isEmpty();
    }

    @Test
    void aSubscriptionAcknowledgedAfterItsTimeIsTakenBack() {
        List<Long> asked = new ArrayList<>();
        server.answers = message -> {
            if (message.hasSubscribe()) {
                asked.add(message.getRequestId());
                return null;
            }
            return FakeServer.ok();
        };
        CompletableFuture<Void> subscribed = client.subscribeAsync("orders", events::add);
        stage.advance(Stage.TIMEOUT_MS);
        assertThat(stage.failure(subscribed).code()).isEqualTo(Code.TIMEOUT);

        server.stream()
                .send(io.roster.proto.v1.ServerMessage.newBuilder()
                        .setReply(FakeServer.ok().setRequestId(asked.get(0))));
        stage.run();

        assertThat(server.stream().received(BodyCase.UNSUBSCRIBE)).hasSize(1);
    }

    @Test
    void aViewIsAskedForAndListenedToByItself() {
        View view = new View(List.of("north"), true);
        server.list("orders", 3, A);

        stage.answer(client.subscribeAsync(ServiceName.of("orders"), view, events::add));

        ClientMessage subscribe = server.stream().received(BodyCase.SUBSCRIBE).get(0);
        assertThat(Wire.view(subscribe.getSubscribe().getView())).isEqualTo(view);
        assertThat(last().view()).isEqualTo(view);
        stage.answer(client.getAllInstancesAsync("orders"));
        assertThat(server.stream().received(BodyCase.QUERY))
                .as("a part is not the whole")
                .hasSize(1);
    }

    private void subscribe() {
        stage.answer(client.subscribeAsync("orders", events::add));
    }

    private List<Subscribe> subscribesAfterTheFirst() {
        return server.stream().received(BodyCase.SUBSCRIBE).stream()
                .skip(1)
                .map(ClientMessage::getSubscribe)
                .toList();
    }

    private ServiceEvent last() {
        return events.get(events.size() - 1);
    }
}

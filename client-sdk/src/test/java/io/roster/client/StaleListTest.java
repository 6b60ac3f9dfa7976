// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.ClientMessage.BodyCase;
import io.roster.proto.v1.Subscribe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a subscriber sees of broken connections and restarted servers. */
final class StaleListTest {
    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance B = Instance.of("10.0.0.2", 80);

    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");
    private final RosterClient client = stage.client("a:1");
    private final List<ServiceEvent> events = new ArrayList<>();

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void withoutAConnectionTheLastListStaysAndIsStale() {
        server.list("orders", 1, A);
        subscribe();

        stage.stop("a:1");

        assertThat(last().isStale()).isTrue();
        assertThat(last().removed()).isEmpty();
        InstanceList list = stage.answer(client.getAllInstancesAsync("orders"));
        assertThat(list).containsExactly(A);
        assertThat(list.isStale()).isTrue();
    }

    @Test
    void aReconnectedClientSaysWhatItHasAndIsCurrentAgain() {
        server.list("orders", 7, A);
        subscribe();

        server.stream().drop();
        stage.advanceToReconnect();

        Subscribe again = server.stream().received(BodyCase.SUBSCRIBE).get(0).getSubscribe();
        assertThat(again.getHave().getEpoch()).isEqualTo(1);
        assertThat(again.getHave().getRevision()).isEqualTo(7);
        assertThat(events).extracting(ServiceEvent::isStale).containsExactly(false, true, false);
        assertThat(last().added()).isEmpty();
    }

    @Test
    void aReconnectedClientIsToldWhatChangedMeanwhile() {
        server.list("orders", 7, A);
        subscribe();
        server.list("orders", 8, B);

        server.stream().drop();
        stage.advanceToReconnect();

        assertThat(last().instances()).containsExactly(B);
        assertThat(last().isStale()).isFalse();
    }

    @Test
    void aRestartedServerThatHasNotHeardEverybodyDoesNotEmptyTheList() {
        server.list("orders", 7, A, B);
        subscribe();

        restart(true);
        assertThat(last().instances()).containsExactly(A, B);
        assertThat(last().isStale()).isTrue();

        server.change("orders", List.of(A), List.of());
        stage.run();
        assertThat(last().instances()).containsExactly(A, B);

        stage.advance(60_000);
        assertThat(last().instances()).as("it is the server that says when").containsExactly(A, B);
        server.stream().snapshot("orders", View.ALL);
        stage.run();
        assertThat(last().removed()).containsExactly(B);
        assertThat(last().instances()).containsExactly(A);
        assertThat(last().isStale()).isFalse();
        assertThat(events).noneMatch(event -> event.instances().isEmpty());
    }

    @Test
    void whatTakesItsLeaveWhileARestartedServerSettlesIsGoneAtOnce() {
        server.list("orders", 7, A, B);
        subscribe();
        restart(true);
        server.change("orders", List.of(A), List.of());

        server.change("orders", List.of(), List.of(A));
        stage.run();

        assertThat(last().instances()).containsExactly(B);
    }

    @Test
    void whoLosesASettlingServerAndFindsItSettledForgetsWhatItDoesNotList() {
        server.list("orders", 7, A, B);
        subscribe();
        restart(true);
        server.change("orders", List.of(A), List.of());
        stage.run();

        server.stream().drop();
        stage.advanceToReconnect();
        assertThat(last().instances()).as("still settling").containsExactly(A, B);
        server.settles = false;
        server.stream().drop();
        stage.advance(2 * ClientSettings.RECONNECT_MAX_MS);

        assertThat(last().instances()).containsExactly(A);
        assertThat(last().isStale()).isFalse();
    }

    @Test
    void anotherServerThatHasBeenUpForLongIsBelieved() {
        server.list("orders", 7, A, B);
        subscribe();

        restart(false);

        assertThat(last().instances()).isEmpty();
        assertThat(last().isStale()).isFalse();
    }

    private void subscribe() {
        stage.answer(client.subscribeAsync("orders", events::add));
    }

    /** Another life of the server, in which nobody has registered yet. */
    private void restart(boolean settles) {
        stage.stop("a:1");
        server.welcome = server.welcome.toBuilder().setEpoch(2).build();
        server.settles = settles;
        server.list("orders", 0);
        stage.start("a:1", server);
        stage.advance(200);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }

    private ServiceEvent last() {
        return events.get(events.size() - 1);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.ClientMessage.BodyCase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LookupsTest {
    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance SICK =
            Instance.builder("10.0.0.2", 80).healthy(false).build();
    private static final Instance IDLE =
            Instance.builder("10.0.0.3", 80).weight(0).build();

    private final Stage stage = new Stage();
    private final FakeServer server = stage.server("a:1");
    private final RosterClient client = stage.client("a:1");

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void asksForTheListOfAServiceThatIsNotSubscribed() {
        server.list("orders", 1, A, SICK, IDLE);
        server.answers = message -> message.hasQuery()
                ? FakeServer.ok()
                        .setSnapshot(server.snapshotOf(
                                message.getQuery().getService().getName(), View.ALL))
                : FakeServer.ok();

        assertThat(stage.answer(client.getAllInstancesAsync("orders"))).containsExactly(A, SICK, IDLE);
        assertThat(stage.answer(client.selectInstancesAsync("orders", true))).containsExactly(A);
        assertThat(stage.answer(client.selectInstancesAsync("orders", false))).containsExactly(SICK);
        assertThat(stage.answer(client.selectOneHealthyInstanceAsync("orders"))).contains(A);
        assertThat(stage.answer(client.selectOneHealthyInstanceAsync("nobody"))).isEmpty();
        assertThat(server.stream().received(BodyCase.QUERY)).hasSize(5);
    }

    @Test
    void listsAllServicesFromPageToPage() {
        IntStream.range(0, 2_500).forEach(i -> server.list("orders-%04d".formatted(i), 1));
        server.list("payments", 1);

        List<ServiceName> services = stage.answer(client.getServicesAsync("orders-"));

        assertThat(services).hasSize(2_500).contains(ServiceName.of("public", "g", "orders-2499"));
    }

    @Test
    void listsOnePage() {
        IntStream.range(0, 5).forEach(i -> server.list("orders-" + i, 1));

        ServicePage first = stage.answer(client.getServicesAsync("", 3, ""));
        ServicePage second = stage.answer(client.getServicesAsync("", 3, String.valueOf(first.nextPageToken())));

        assertThat(first.services()).hasSize(3);
        assertThat(second.services()).hasSize(2);
        assertThat(second.nextPageToken()).isNull();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server stands still; clients that give it up meanwhile asked for no grace at all. */
class PauseTest {

    private static final long PAUSE_MS = 40_000;

    private final Wire wire = new Wire();
    private final TestStream consumer = wire.greets(CONNECTION);
    private final TestStream provider = wire.greets(CONNECTION);

    PauseTest() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        consumer.does(Say.subscribe("orders"));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void whoIsFoundGoneWhenTheServerRunsAgainMayComeBackUnnoticed() {
        wire.house().loops().freeze(PAUSE_MS, provider::breaks);
        assertThat(wire.house().list("orders")).hasSize(1);
        wire.house().advance(House.FORGIVEN_MS - 1);
        wire.greets(CONNECTION).does(Say.register("orders", instance("10.0.0.1", 80)));
        wire.house().advance(2 * House.FORGIVEN_MS);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        assertThat(wire.house().revision("orders")).isEqualTo(1);
        assertThat(wire.house().registry().claimCount()).isEqualTo(1);
        assertThat(consumer.told()).hasSize(1);
    }

    @Test
    void whoBreaksALittleLaterToo() {
        wire.house().loops().freeze(PAUSE_MS);
        wire.house().advance(House.FORGIVEN_MS - 1);
        provider.cancels();
        assertThat(wire.house().list("orders")).hasSize(1);
        wire.house().advance(House.FORGIVEN_MS);
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void aGoodbyeIsBelievedAllTheSame() {
        wire.house().loops().freeze(PAUSE_MS);
        provider.halfCloses();
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void afterThatEverythingIsAsBefore() {
        wire.house().loops().freeze(PAUSE_MS);
        wire.house().advance(House.FORGIVEN_MS);
        provider.cancels();
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void aShortDelayIsNoPause() {
        wire.house().loops().freeze(1_500, provider::breaks);
        assertThat(wire.house().list("orders")).isEmpty();
    }
}

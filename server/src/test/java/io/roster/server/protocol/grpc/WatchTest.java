// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.fixture.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watch: a list and its changes for people and scripts. */
class WatchTest {

    private final Wire wire = new Wire();
    private final TestStream provider = wire.greets(CONNECTION);

    @BeforeEach
    void oneInstance() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
    }

    @AfterEach
    void close() {
        wire.close();
        assertThat(wire.house().fanouts().subscriptions()).isZero();
        assertThat(wire.house().clients().count()).isZero();
    }

    @Test
    void tellsTheListAndThenEachChange() {
        Heard<ServerMessage> heard = wire.watches(orders().build());
        provider.does(Say.register("orders", instance("10.0.0.2", 80)));
        assertThat(heard.messages()).hasSize(2);
        assertThat(heard.messages().get(0).getSnapshot().getInstancesCount()).isEqualTo(1);
        assertThat(heard.messages().get(1).getDiff().getUpserted(0).getIp()).isEqualTo("10.0.0.2");
        assertThat(heard.end()).isNull();
    }

    @Test
    void tellsOnlyWhatIsNewerThanWhatTheCallerHas() {
        Heard<ServerMessage> heard = wire.watches(
                orders().setHave(Have.newBuilder().setEpoch(House.EPOCH).setRevision(1))
                        .build());
        assertThat(heard.messages()).isEmpty();
    }

    @Test
    void endsWhenTheCallerHangsUp() {
        Heard<ServerMessage> heard = wire.watches(orders().build());
        assertThat(wire.house().clients().count()).isEqualTo(2);
        heard.cancels();
        wire.house().settle();
        assertThat(wire.house().clients().count()).isEqualTo(1);
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void isRefusedIfTheServiceIsNotNamed() {
        Status end = wire.watches(WatchRequest.getDefaultInstance()).end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(end == null ? null : end.getDescription()).startsWith("service.name: ");
        provider.goesOn();
    }

    @Test
    void isToldToGoWhenTheServerLeaves() {
        Heard<ServerMessage> heard = wire.watches(orders().build());
        wire.goAway(GoAway.newBuilder().setReason(GoAway.Reason.SHUTDOWN).build());
        assertThat(heard.messages())
                .last()
                .satisfies(last -> assertThat(last.hasGoAway()).isTrue());
        Status end = heard.end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static WatchRequest.Builder orders() {
        return WatchRequest.newBuilder().setService(Say.service("orders"));
    }
}

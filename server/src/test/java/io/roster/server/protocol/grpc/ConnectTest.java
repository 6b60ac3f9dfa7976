// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Diff;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.Snapshot;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.View;
import io.roster.proto.v1.Welcome;
import io.roster.server.fixture.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream is for. */
class ConnectTest {

    private final Wire wire = new Wire();
    private final TestStream provider = wire.greets(CONNECTION);

    @AfterEach
    void close() {
        wire.close();
        assertThat(wire.house().registry().claimCount()).isZero();
        assertThat(wire.house().clients().count()).isZero();
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void helloIsAnsweredByWelcomeAndThenItsReply() {
        TestStream stream = wire.connects();
        stream.does(ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setClientKind(CONNECTION).setApp("shop")));
        Welcome welcome = stream.heard().get(0).getWelcome();
        assertThat(welcome.getServerId()).isEqualTo("server-1");
        assertThat(welcome.getServerVersion()).isEqualTo("1.2.3");
        assertThat(welcome.getEpoch()).isEqualTo(House.EPOCH);
        assertThat(welcome.getHeartbeatIntervalMs()).isEqualTo(5_000);
        assertThat(welcome.getHeartbeatTimeoutMs()).isEqualTo(15_000);
        assertThat(welcome.getDeleteTimeoutMs()).isEqualTo(30_000);
        assertThat(welcome.getProtocolVersion()).isEqualTo(1);
        assertThat(stream.heard().get(1).hasReply()).isTrue();
    }

    @Test
    void aRegistrationIsADiffAtTheSubscriber() {
        TestStream consumer = wire.greets(CONNECTION);
        consumer.does(Say.subscribe("orders"));
        Reply reply =
                provider.does(Say.register("orders", instance("10.0.0.1", 80).putMetadata("zone", "a")));
        assertThat(reply.getRevision()).isEqualTo(1);
        Snapshot empty = consumer.told().get(0).getSnapshot();
        assertThat(empty.getInstancesList()).isEmpty();
        Diff diff = consumer.told().get(1).getDiff();
        assertThat(diff.getFromRevision()).isZero();
        assertThat(diff.getToRevision()).isEqualTo(1);
        assertThat(diff.getUpsertedList()).singleElement().satisfies(upserted -> {
            assertThat(upserted.getIp()).isEqualTo("10.0.0.1");
            assertThat(upserted.getCluster()).isEqualTo("DEFAULT");
            assertThat(upserted.getWeight()).isEqualTo(1);
            assertThat(upserted.getHealthy()).isTrue();
            assertThat(upserted.getMetadataMap()).containsEntry("zone", "a");
        });
        assertThat(diff.getDigest())
                .isEqualTo(wire.house().snapshot("orders").all().digest());
    }

    @Test
    void aDeregistrationIsADiffToo() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        TestStream consumer = wire.greets(CONNECTION);
        consumer.does(Say.subscribe("orders"));
        provider.does(Say.deregister("orders", key("10.0.0.1", 80)));
        assertThat(consumer.told().get(1).getDiff().getRemovedList())
                .containsExactly(
                        key("10.0.0.1", 80).toBuilder().setCluster("DEFAULT").build());
        provider.does(Say.deregister("orders"));
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void whoHasTheListAlreadyIsToldOnlyWhatIsNewer() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        TestStream consumer = wire.greets(CONNECTION);
        Subscribe.Builder subscribe = Subscribe.newBuilder()
                .setService(Say.service("orders"))
                .setHave(Have.newBuilder().setEpoch(House.EPOCH).setRevision(1));
        consumer.does(ClientMessage.newBuilder().setSubscribe(subscribe));
        assertThat(consumer.told()).isEmpty();
    }

    @Test
    void aRevisionOfAnotherServerLifeIsNotBelieved() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        TestStream consumer = wire.greets(CONNECTION);
        Subscribe.Builder subscribe = Subscribe.newBuilder()
                .setService(Say.service("orders"))
                .setHave(Have.newBuilder().setEpoch(House.EPOCH - 1).setRevision(1));
        consumer.does(ClientMessage.newBuilder().setSubscribe(subscribe));
        assertThat(consumer.told())
                .singleElement()
                .satisfies(told -> assertThat(told.hasSnapshot()).isTrue());
    }

    @Test
    void aViewIsNamedInWhatItIsTold() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80).setCluster("east"), instance("10.0.0.2", 80)));
        TestStream consumer = wire.greets(CONNECTION);
        View east = View.newBuilder().addClusters("east").build();
        consumer.does(ClientMessage.newBuilder()
                .setSubscribe(
                        Subscribe.newBuilder().setService(Say.service("orders")).setView(east)));
        Snapshot told = consumer.told().get(0).getSnapshot();
        assertThat(told.getView()).isEqualTo(east);
        assertThat(told.getInstancesList())
                .singleElement()
                .satisfies(each -> assertThat(each.getIp()).isEqualTo("10.0.0.1"));
    }

    @Test
    void nothingIsToldAfterUnsubscribing() {
        TestStream consumer = wire.greets(CONNECTION);
        consumer.does(Say.subscribe("orders"));
        consumer.does(Say.unsubscribe("orders"));
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        assertThat(consumer.told()).hasSize(1);
    }

    @Test
    void aQueryIsAnsweredInItsReply() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        Reply reply = provider.does(Say.query("orders"));
        assertThat(reply.getRevision()).isEqualTo(1);
        assertThat(reply.getSnapshot().getInstancesList()).hasSize(1);
        assertThat(reply.getSnapshot().getDigest())
                .isEqualTo(wire.house().snapshot("orders").all().digest());
    }

    @Test
    void theStreamsNamespaceStandsInWhereAServiceNamesNone() {
        TestStream dev = wire.connects();
        dev.does(ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setClientKind(CONNECTION).setNamespace("dev")));
        dev.does(Say.register("orders", instance("10.0.0.1", 80)));
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(dev.does(Say.query("orders")).getSnapshot().getInstancesList())
                .hasSize(1);
    }

    @Test
    void whenAStreamIsCancelledAllItPublishedIsGone() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        provider.does(Say.subscribe("bills"));
        provider.cancels();
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(wire.house().clients().count()).isZero();
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void aStreamCancelledInTheMiddleOfARegistrationLeavesNothing() {
        provider.sends(Say.register("orders", instance("10.0.0.1", 80)));
        provider.cancels();
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(wire.house().registry().claimCount()).isZero();
    }

    @Test
    void aClientThatHasSaidAllItWantedIsLetGoOnceItHasItsAnswers() {
        provider.sends(Say.register("orders", instance("10.0.0.1", 80)));
        provider.halfCloses();
        assertThat(provider.heard())
                .last()
                .satisfies(last -> assertThat(last.getReply().getCode()).isEqualTo(Reply.Code.OK));
        assertThat(provider.end()).isEqualTo(Status.OK);
        assertThat(wire.house().registry().claimCount()).isZero();
    }

    @Test
    void aStreamThatIsHalfClosedBeforeItsHelloEndsQuietly() {
        TestStream silent = wire.connects();
        silent.halfCloses();
        assertThat(silent.end()).isEqualTo(Status.OK);
    }

    @Test
    void aServerThatLeavesSaysSoFinishesWhatIsUnderWayAndEnds() {
        provider.sends(Say.register("orders", instance("10.0.0.1", 80)));
        wire.goAway(GoAway.newBuilder()
                .setReason(GoAway.Reason.SHUTDOWN)
                .setReconnectDelayMs(1_000)
                .build());
        assertThat(provider.heard().stream().filter(each -> each.hasGoAway()))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.getGoAway().getReason()).isEqualTo(GoAway.Reason.SHUTDOWN);
                    assertThat(message.getGoAway().getReconnectDelayMs()).isEqualTo(1_000);
                });
        assertThat(provider.heard().stream().filter(each -> each.hasReply())).hasSize(2);
        Status end = provider.end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Snapshot;
import io.roster.proto.v1.Subscribe;
import io.roster.server.fixture.House;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscribers are told who come back to a server that has just started. */
class SettlingTest {

    private final Wire wire = Wire.settling(10_000);
    private final TestStream consumer = wire.greets(CONNECTION);
    private final TestStream provider = wire.greets(CONNECTION);

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void whoHasAListFromBeforeIsToldThatWhatIsMissingMayBeLateAndLaterWhatIsTrue() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        consumer.does(subscribe(House.EPOCH - 1, 7));
        Snapshot first = consumer.told().get(0).getSnapshot();
        assertThat(first.getSettling()).isTrue();
        assertThat(first.getInstancesList()).hasSize(1);
        assertThat(first.getDigest())
                .isEqualTo(wire.house().snapshot("orders").all().digest());
        provider.does(Say.register("orders", instance("10.0.0.2", 80)));
        provider.does(Say.deregister("orders", key("10.0.0.1", 80)));
        assertThat(consumer.told().get(1).getDiff().getUpsertedList()).hasSize(1);
        assertThat(consumer.told().get(2).getDiff().getRemovedList()).hasSize(1);
        wire.house().advance(10_000);
        assertThat(consumer.told()).hasSize(4);
        Snapshot last = consumer.told().get(3).getSnapshot();
        assertThat(last.getSettling()).isFalse();
        assertThat(last.getRevision()).isEqualTo(3);
        assertThat(last.getInstancesList()).hasSize(1);
        provider.does(Say.register("orders", instance("10.0.0.3", 80)));
        assertThat(consumer.told().get(4).hasDiff()).isTrue();
    }

    @Test
    void whoHasTheListOfThisLifeOrNoneIsToldAsEver() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        consumer.does(subscribe(House.EPOCH, 1));
        TestStream other = wire.greets(CONNECTION);
        other.does(Say.subscribe("orders"));
        assertThat(other.told().get(0).getSnapshot().getSettling()).isFalse();
        wire.house().advance(10_000);
        assertThat(consumer.told()).isEmpty();
        assertThat(other.told()).hasSize(1);
    }

    @Test
    void aListThatIsAskedForAgainMeanwhileSaysSoToo() {
        consumer.does(subscribe(House.EPOCH - 1, 7));
        consumer.does(Say.subscribe("orders"));
        assertThat(consumer.told())
                .hasSize(2)
                .allMatch(told -> told.getSnapshot().getSettling());
        wire.house().advance(10_000);
        assertThat(consumer.told()).hasSize(3);
        assertThat(consumer.told().get(2).getSnapshot().getSettling()).isFalse();
    }

    @Test
    void itIsOverWhenForHalfTheTimeNobodyElseHasCome() {
        wire.house().advance(3_000);
        assertThat(remainingMs()).isEqualTo(7_000);
        wire.house().advance(4_900);
        assertThat(remainingMs()).isPositive();
        wire.house().advance(5_000);
        assertThat(remainingMs()).isZero();
    }

    @Test
    void thenALifeBeforeIsNoExcuseAnyMore() {
        wire.house().advance(10_000);
        consumer.does(subscribe(House.EPOCH - 1, 7));
        assertThat(consumer.told().get(0).getSnapshot().getSettling()).isFalse();
    }

    @Test
    void whoLeavesMeanwhileIsToldNothing() {
        consumer.does(subscribe(House.EPOCH - 1, 7));
        consumer.halfCloses();
        wire.house().advance(10_000);
        assertThat(consumer.told()).hasSize(1);
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    /** A newcomer is told how long it may last. */
    private long remainingMs() {
        return wire.greets(CONNECTION).welcome().getSettlingMs();
    }

    private static ClientMessage.Builder subscribe(long epoch, long revision) {
        return ClientMessage.newBuilder()
                .setSubscribe(Subscribe.newBuilder()
                        .setService(Say.service("orders"))
                        .setHave(Have.newBuilder().setEpoch(epoch).setRevision(revision)));
    }
}

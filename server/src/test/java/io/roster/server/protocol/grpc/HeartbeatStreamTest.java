// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.IP_PORT;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of kind IP_PORT: each instance belongs to its address and lives by the stream's heartbeats. */
class HeartbeatStreamTest {

    private final Wire wire = new Wire();
    private final TestStream stream = wire.greets(IP_PORT);

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void oneHeartbeatKeepsAllAlive() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        stream.does(Say.register("bills", instance("10.0.0.1", 80)));
        for (int i = 0; i < 20; i++) {
            wire.house().advance(10_000);
            stream.does(Say.heartbeat());
        }
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        assertThat(wire.house().list("bills")).containsExactly("10.0.0.1:80");
    }

    @Test
    void whatItPublishedOutlivesTheStreamForAWhile() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.cancels();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        wire.house().advance(15_000);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80 unhealthy");
        wire.house().advance(15_000);
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void aHeartbeatAfterSilenceMakesAllHealthyAgain() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        wire.house().advance(15_000);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80 unhealthy", "10.0.0.2:80 unhealthy");
        stream.does(Say.heartbeat());
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80", "10.0.0.2:80");
    }

    @Test
    void aRegistrationAfterSilenceDoesNotHideThatOthersAreUnhealthy() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        wire.house().advance(15_000);
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.does(Say.heartbeat());
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80", "10.0.0.2:80");
    }

    @Test
    void aBeatOfSomebodyElseForOneDoesNotHideThatOthersAreUnhealthy() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        wire.house().advance(15_000);
        wire.call(
                RegistryGrpc.getHeartbeatMethod(),
                HeartbeatRequest.newBuilder()
                        .setService(Say.service("orders"))
                        .setInstance(key("10.0.0.1", 80))
                        .build());
        stream.does(Say.heartbeat());
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80", "10.0.0.2:80");
    }

    @Test
    void whatWasRemovedMeanwhileIsNamedInTheAnswer() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        wire.house().advance(30_000);
        Reply reply = stream.says(Say.heartbeat());
        assertThat(reply.getCode()).isEqualTo(Reply.Code.NOT_FOUND);
        assertThat(reply.getMessage()).contains("register again");
        assertThat(reply.getNotRegisteredList()).singleElement().satisfies(lost -> {
            assertThat(lost.getService().getName()).isEqualTo("orders");
            assertThat(lost.getInstance().getIp()).isEqualTo("10.0.0.1");
        });
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.does(Say.heartbeat());
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aNewStreamTakesOverWhatTheOldOneKeptAlive() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.cancels();
        wire.house().advance(10_000);
        TestStream next = wire.greets(IP_PORT);
        next.does(Say.register("orders", instance("10.0.0.1", 80)));
        wire.house().advance(10_000);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        assertThat(wire.house().revision("orders")).isEqualTo(1);
        assertThat(wire.house().registry().claimCount()).isEqualTo(1);
    }

    @Test
    void aFullStreamMayRegisterAgainWhatItHas() {
        for (int port = 1; port <= Wire.LIMITS.instancesPerClient(); port++) {
            stream.does(Say.register("orders", instance("10.0.0.1", port)));
        }
        stream.does(Say.register("orders", instance("10.0.0.1", 1).setWeight(2)));
        Reply more = stream.says(Say.register("orders", instance("10.0.0.2", 1)));
        assertThat(more.getCode()).isEqualTo(Reply.Code.RESOURCE_EXHAUSTED);
        assertThat(more.getMessage()).startsWith("instances-per-client: 5");
    }

    @Test
    void whatTheStreamTakesBackItNoLongerBeatsFor() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80), instance("10.0.0.2", 80)));
        stream.does(Say.deregister("orders", key("10.0.0.1", 80)));
        wire.house().advance(15_000);
        stream.does(Say.heartbeat());
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.2:80");
        stream.does(Say.deregister("orders"));
        assertThat(stream.says(Say.deregister("orders")).getCode()).isEqualTo(Reply.Code.NOT_FOUND);
    }

    @Test
    void aStreamTakesBackWhatAnEarlierOneOfTheAddressPublished() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.cancels();
        TestStream next = wire.greets(IP_PORT);
        next.does(Say.deregister("orders", key("10.0.0.1", 80)));
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void whatTheFormerStreamSaysAfterTheNextIsWelcomeIsNotHeard() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        TestStream next = wire.connects();
        next.does(Say.hello(IP_PORT, stream.welcome().getSession()));
        assertThat(next.welcome().getResumed()).isFalse();
        assertThat(next.welcome().getSession()).isEqualTo(stream.welcome().getSession());
        next.does(Say.register("orders", instance("10.0.0.1", 80).setWeight(2)));
        stream.sends(Say.deregister("orders", key("10.0.0.1", 80)));
        wire.house().settle();
        assertThat(stream.end()).isNotNull();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80 weight 2.0");
        wire.house().advance(10_000);
        next.does(Say.heartbeat());
        wire.house().advance(10_000);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80 weight 2.0");
    }

    @Test
    void whatTheFormerStreamSaidAndWasNotReadYetIsNotHeard() {
        Wire two = new Wire(2);
        TestStream first = two.greets(IP_PORT);
        first.does(Say.register("orders", instance("10.0.0.1", 80)));
        TestStream next = two.connects();
        next.sends(Say.hello(IP_PORT, first.welcome().getSession()));
        next.sends(Say.register("orders", instance("10.0.0.1", 80)));
        first.sends(Say.deregister("orders", key("10.0.0.1", 80)));
        two.house().settle();
        assertThat(first.end()).isNotNull();
        assertThat(two.house().list("orders")).containsExactly("10.0.0.1:80");
        two.close();
    }

    @Test
    void aHeartbeatRightBehindTheEndOfAServicesLastInstanceIsAnsweredToo() {
        stream.does(Say.register("orders", instance("10.0.0.1", 80)));
        stream.does(Say.register("bills", instance("10.0.0.2", 80)));
        wire.house().advance(15_000);
        stream.sends(Say.deregister("orders", key("10.0.0.1", 80)));
        assertThat(stream.says(Say.heartbeat()).getCode()).isIn(Reply.Code.OK, Reply.Code.NOT_FOUND);
        assertThat(wire.house().list("bills")).containsExactly("10.0.0.2:80");
    }
}

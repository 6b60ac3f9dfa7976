// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.proto.v1.ClientKind.IP_PORT;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.ClientSummary;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.ListClientsRequest;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.Reply;
import io.roster.server.loop.ManualEventLoop;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream breaks and its client comes back, or does not. */
class GraceTest {

    private static final long GRACE_MS = 5_000;

    private final Wire wire = new Wire(2);
    private final TestStream consumer = wire.greets(CONNECTION);
    private final TestStream provider = wire.greets(GRACE_MS);

    GraceTest() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        consumer.does(Say.subscribe("orders"));
    }

    @AfterEach
    void nothingIsLeft() {
        wire.close();
        wire.house().advance(Wire.MAX_GRACE_MS);
        assertThat(wire.house().registry().claimCount()).isZero();
        assertThat(wire.house().clients().count()).isZero();
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void whoIsBackWithinTheGraceWasNeverMissed() {
        provider.cancels();
        wire.house().advance(GRACE_MS - 1);
        TestStream back = wire.returns(GRACE_MS, provider);
        back.does(Say.register("orders", instance("10.0.0.1", 80)));
        wire.house().advance(2 * GRACE_MS);
        assertThat(back.welcome().getResumed()).isTrue();
        assertThat(back.welcome().getClientId()).isEqualTo(provider.welcome().getClientId());
        assertThat(back.welcome().getSession()).isEqualTo(provider.welcome().getSession());
        assertThat(consumer.told()).hasSize(1);
        assertThat(wire.house().revision("orders")).isEqualTo(1);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void whatWasPublishedBeforeCanBeTakenBackAfterwards() {
        provider.cancels();
        wire.returns(GRACE_MS, provider).does(Say.deregister("orders", key("10.0.0.1", 80)));
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void whoDoesNotComeBackIsGoneWhenTheGraceIsOver() {
        provider.cancels();
        wire.house().advance(GRACE_MS - 1);
        assertThat(wire.house().list("orders")).hasSize(1);
        wire.house().advance(1);
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(consumer.told()).hasSize(2);
        assertThat(wire.returns(GRACE_MS, provider).welcome().getResumed()).isFalse();
    }

    @Test
    void aGoodbyeTakesEverythingBackAtOnce() {
        provider.halfCloses();
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(wire.returns(GRACE_MS, provider).welcome().getResumed()).isFalse();
    }

    @Test
    void aGoodbyeCutShortIsAGoodbye() {
        provider.sends(Say.register("bills", instance("10.0.0.1", 80)));
        provider.halfClosesWithoutWaiting();
        provider.cancels();
        assertThat(wire.house().registry().claimCount()).isZero();
    }

    @Test
    void whoAsksForNoGraceHasNone() {
        TestStream other = wire.greets(0);
        other.does(Say.register("orders", instance("10.0.0.2", 80)));
        assertThat(other.welcome().getGraceMs()).isZero();
        other.cancels();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        assertThat(wire.returns(0, other).welcome().getResumed()).isFalse();
    }

    @Test
    void whoHasNoGraceTakesOverFromAStreamThatOnlySeemsAlive() {
        TestStream other = wire.greets(0);
        other.does(Say.register("orders", instance("10.0.0.2", 80)));
        TestStream back = wire.returns(0, other);
        assertThat(back.welcome().getResumed()).isTrue();
        assertThat(other.end()).isNotNull();
        assertThat(wire.house().list("orders")).hasSize(2);
        back.cancels();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
    }

    @Test
    void aSessionIsOfOneKindOfClient() {
        TestStream beating = wire.connects();
        beating.does(Say.hello(IP_PORT, provider.welcome().getSession()));
        assertThat(beating.welcome().getClientId())
                .isNotEqualTo(provider.welcome().getClientId());
        provider.goesOn();
        TestStream other = wire.connects();
        other.does(Say.hello(GRACE_MS, beating.welcome().getSession()));
        assertThat(other.welcome().getResumed()).isFalse();
        beating.goesOn();
    }

    @Test
    void moreThanTheServerGrantsIsCut() {
        assertThat(wire.greets(Wire.MAX_GRACE_MS + 1).welcome().getGraceMs()).isEqualTo(Wire.MAX_GRACE_MS);
        assertThat(provider.welcome().getGraceMs()).isEqualTo(GRACE_MS);
    }

    @Test
    void aClientThatLivesByHeartbeatsNeedsNone() {
        TestStream beating = wire.connects();
        beating.does(ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setClientKind(IP_PORT).setGraceMs(GRACE_MS)));
        assertThat(beating.welcome().getGraceMs()).isZero();
        int here = wire.house().clients().count();
        beating.cancels();
        assertThat(wire.house().clients().count()).isEqualTo(here - 1);
    }

    @Test
    void aClientThatPublishesNothingHasNothingToKeep() {
        TestStream idle = wire.greets(GRACE_MS);
        int here = wire.house().clients().count();
        idle.cancels();
        assertThat(wire.house().clients().count()).isEqualTo(here - 1);
        assertThat(wire.returns(GRACE_MS, idle).welcome().getResumed()).isFalse();
    }

    @Test
    void aSessionThatNobodyHadIsANewClient() {
        TestStream stranger = wire.connects();
        stranger.does(Say.hello(GRACE_MS, ByteString.copyFromUtf8("open sesame")));
        assertThat(stranger.welcome().getResumed()).isFalse();
        assertThat(stranger.welcome().getSession().size()).isEqualTo(16);
        assertThat(stranger.welcome().getClientId())
                .isNotEqualTo(provider.welcome().getClientId());
        provider.goesOn();
    }

    @Test
    void aStreamThatOnlySeemsAliveGivesWay() {
        TestStream back = wire.returns(GRACE_MS, provider);
        assertThat(back.welcome().getResumed()).isTrue();
        Status end = provider.end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.ABORTED);
        provider.cancels();
        wire.house().advance(2 * GRACE_MS);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        assertThat(consumer.told()).hasSize(1);
        back.goesOn();
    }

    @Test
    void whatTheFormerStreamSaidAndWasNotReadYetIsNotHeard() {
        TestStream back = wire.connects();
        back.sends(Say.hello(GRACE_MS, provider.welcome().getSession()));
        // The loop of the new stream runs, the loop of the former one not yet.
        ManualEventLoop loopOfNew = wire.house().loops().get(0);
        while (loopOfNew.step()) {
            assertThat(back.heard())
                    .as("welcomed only when the former stream has ended")
                    .isEmpty();
        }
        provider.sends(Say.deregister("orders", key("10.0.0.1", 80)));
        wire.house().settle();
        assertThat(back.welcome().getResumed()).isTrue();
        assertThat(provider.end()).isNotNull();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        back.goesOn();
    }

    @Test
    void whatFollowsTheHelloAtOnceIsTakenAfterTheWelcome() {
        TestStream back = wire.connects();
        back.sends(Say.hello(GRACE_MS, provider.welcome().getSession()));
        back.sends(Say.register("orders", instance("10.0.0.2", 80)));
        back.sends(Say.deregister("orders", key("10.0.0.1", 80)));
        back.halfClosesWithoutWaiting();
        wire.house().settle();
        assertThat(back.heard().get(0).hasWelcome()).isTrue();
        assertThat(back.heard().stream()
                        .filter(message -> message.hasReply())
                        .map(message -> message.getReply().getCode()))
                .containsExactly(Reply.Code.OK, Reply.Code.OK, Reply.Code.OK);
        assertThat(back.end()).isEqualTo(Status.OK);
        assertThat(wire.house().list("orders")).isEmpty();
    }

    @Test
    void aSecondHelloIsRefusedAfterAReturnToo() {
        TestStream back = wire.returns(GRACE_MS, provider);
        assertThat(back.says(Say.hello(CONNECTION)).getCode()).isEqualTo(Reply.Code.FAILED_PRECONDITION);
    }

    @Test
    void anOperatorSeesWhoMayStillComeBack() {
        provider.cancels();
        wire.house().advance(1_000);
        assertThat(summary().getSuspendedForMs()).isEqualTo(1_000);
        wire.returns(GRACE_MS, provider);
        assertThat(summary().hasSuspendedForMs()).isFalse();
    }

    private ClientSummary summary() {
        return wire
                .call(OperatorGrpc.getListClientsMethod(), ListClientsRequest.getDefaultInstance())
                .getClientsList()
                .stream()
                .filter(each -> each.getClientId().equals(provider.welcome().getClientId()))
                .findAny()
                .orElseThrow();
    }

    /** Breaks, returns, halves that only seem alive, and the end of the grace, all at the same moment. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void howeverEndsAndReturnsMeetOneStreamHasTheClient(int variant) {
        for (int seed = 0; seed < 200; seed++) {
            meet(new Random(4L * seed + variant), variant);
        }
    }

    private void meet(Random chance, int variant) {
        TestStream first = wire.greets(GRACE_MS);
        first.does(Say.register("shop", instance("10.0.0.9", 80)));
        ByteString session = first.welcome().getSession();
        if (variant == 1) {
            first.cancels();
            wire.house().advance(GRACE_MS - 1);
        }
        TestStream second = wire.connects();
        TestStream third = wire.connects();
        second.sends(Say.hello(GRACE_MS, session));
        third.sends(Say.hello(GRACE_MS, session));
        if (variant == 2) {
            first.breaks();
        } else if (variant == 3) {
            second.breaks();
        }
        wire.house().loops().settle(chance);
        wire.house().advance(1);
        assertThat(wire.house().list("shop")).containsExactly("10.0.0.9:80");
        boolean secondHasIt = second.end() == null;
        TestStream winner = secondHasIt ? second : third;
        if (winner.end() != null) {
            // The one that broke had taken over from the other: nobody has it for now.
            winner = wire.returns(GRACE_MS, first);
        }
        assertThat(winner.welcome().getResumed()).isTrue();
        winner.does(Say.register("shop", instance("10.0.0.10", 80)));
        if (variant != 3) {
            assertThat((secondHasIt ? third : second).end()).isNotNull();
        }
        wire.house().advance(2 * GRACE_MS);
        assertThat(wire.house().list("shop")).hasSize(2);
        winner.halfCloses();
        assertThat(wire.house().list("shop")).isEmpty();
    }
}

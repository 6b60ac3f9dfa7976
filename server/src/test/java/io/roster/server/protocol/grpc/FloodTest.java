// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.server.protocol.grpc.Say.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that ask for too much, or do not read what they asked for. */
class FloodTest {

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aMessageOverTheLimitIsRefusedAndTheStreamGoesOn() {
        TestStream stream = wire.greets(CONNECTION);
        Reply reply = stream.says(Say.register(
                "orders", instance("10.0.0.1", 80).putMetadata("k", "v".repeat(Wire.MAX_MESSAGE_BYTES))));
        assertThat(reply.getCode()).isEqualTo(Reply.Code.RESOURCE_EXHAUSTED);
        assertThat(reply.getMessage()).startsWith("max-message-bytes: 100000").contains("send smaller batches");
        assertThat(wire.house().registry().claimCount()).isZero();
        stream.goesOn();
    }

    @Test
    void tenThousandSubscriptionsWhereAThousandAreAllowed() {
        TestStream stream = wire.greets(CONNECTION);
        List<Reply.Code> codes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            stream.sends(Say.subscribe("s" + i));
        }
        wire.house().settle();
        stream.heard().stream()
                .filter(ServerMessage::hasReply)
                .skip(1)
                .forEach(message -> codes.add(message.getReply().getCode()));
        assertThat(codes).hasSize(10_000);
        assertThat(codes.subList(0, 1_000)).containsOnly(Reply.Code.OK);
        assertThat(codes.subList(1_000, 10_000)).containsOnly(Reply.Code.RESOURCE_EXHAUSTED);
        assertThat(wire.house().fanouts().subscriptions()).isEqualTo(1_000);
        assertThat(wire.house().registry().heldServiceCount()).isEqualTo(1_000);
        stream.goesOn();
        stream.does(Say.unsubscribe("s0"));
        stream.does(Say.subscribe("s5000"));
    }

    @Test
    void aClientThatNeverReadsIsOwedNoMoreThanItsWindowAndOneListAService() {
        TestStream deaf = wire.connectsDeaf();
        deaf.sends(Say.hello(CONNECTION));
        deaf.sends(Say.subscribe("orders"));
        wire.house().settle();
        TestStream provider = wire.greets(CONNECTION);
        for (int i = 1; i <= 500; i++) {
            provider.does(Say.register("orders", instance("10.0.0.1", 80).setWeight(i)));
        }
        for (int i = 0; i < 1_000; i++) {
            deaf.sends(Say.heartbeat());
        }
        wire.house().settle();
        assertThat(deaf.heard()).isEmpty();
        deaf.reads(100);
        deaf.sends(Say.heartbeat());
        wire.house().settle();
        assertThat(deaf.heard()).hasSize(100);
        deaf.reads(1_000_000);
        assertThat(deaf.heard().stream().filter(ServerMessage::hasReply)).hasSize(1_003);
        assertThat(deaf.told()).hasSizeLessThanOrEqualTo(2);
        assertThat(deaf.told())
                .last()
                .satisfies(last -> assertThat(
                                last.hasDiff()
                                        ? last.getDiff().getToRevision()
                                        : last.getSnapshot().getRevision())
                        .isEqualTo(500));
    }

    @Test
    void aClientThatNeverReadsIsNotReadFromEither() {
        TestStream deaf = wire.connectsDeaf();
        deaf.sends(Say.hello(CONNECTION));
        wire.house().settle();
        for (int i = 0; i < 1_000; i++) {
            deaf.sends(Say.subscribe("s" + i));
        }
        wire.house().settle();
        assertThat(wire.house().fanouts().subscriptions()).isLessThanOrEqualTo(64);
        deaf.reads(1_000_000);
        assertThat(wire.house().fanouts().subscriptions()).isEqualTo(1_000);
    }

    @Test
    void aClientThatDoesNotReadItsAnswersForFiveMinutesIsGivenUpWithAReason() {
        TestStream deaf = wire.connectsDeaf();
        deaf.sends(Say.hello(CONNECTION));
        deaf.sends(Say.register("orders", instance("10.0.0.1", 80)));
        for (int i = 0; i < 100; i++) {
            deaf.sends(Say.heartbeat());
        }
        wire.house().advance(295_000);
        assertThat(wire.house().list("orders")).hasSize(1);
        wire.house().advance(5_000);
        assertThat(wire.house().list("orders")).isEmpty();
        assertThat(wire.house().clients().count()).isZero();
        assertThat(wire.house().fanouts().stalledCount()).isEqualTo(1);
        deaf.reads(1_000_000);
        wire.house().settle();
        Status end = deaf.end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end == null ? null : end.getDescription()).contains("not read for 300000 ms");
    }

    @Test
    void anAddressMayHoldSoManyStreams() {
        List<TestStream> streams = new ArrayList<>();
        for (int i = 0; i < Wire.MAX_STREAMS; i++) {
            streams.add(wire.greets(CONNECTION));
        }
        TestStream tooMany = wire.connects();
        Status end = tooMany.end();
        assertThat(end == null ? null : end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end == null ? null : end.getDescription()).contains("streams-per-address: 10");
        streams.get(0).cancels();
        wire.greets(CONNECTION).goesOn();
    }

    @Test
    void bytesThatAreNoMessageAreRefusedAndTheStreamGoesOn() {
        RawStream raw = wire.connectsRaw();
        raw.sends(Say.hello(CONNECTION).setRequestId(1).build().toByteArray());
        raw.sends(new byte[] {8, 7, (byte) 0xff, (byte) 0xff});
        raw.sends(Say.heartbeat().setRequestId(8).build().toByteArray());
        assertThat(raw.replies())
                .extracting(Reply::getCode)
                .containsExactly(Reply.Code.OK, Reply.Code.INVALID_ARGUMENT, Reply.Code.OK);
        assertThat(raw.replies().get(1).getRequestId()).isEqualTo(7);
    }

    @Test
    void whatAFullMailboxRefusesChangesNothingAndTheStreamGoesOn() {
        Wire two = new Wire(2);
        TestStream stream = two.greets(CONNECTION);
        two.house().loops().all().forEach(loop -> loop.mailboxLimit(0));
        List<Reply> refused = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Reply reply = stream.says(Say.register("s" + i, Say.instance("10.0.0.1", 80)));
            if (reply.getCode() != Reply.Code.OK) {
                refused.add(reply);
            }
        }
        assertThat(refused)
                .as("of services that another loop owns")
                .isNotEmpty()
                .hasSizeLessThan(5);
        assertThat(refused).allSatisfy(reply -> {
            assertThat(reply.getCode()).isEqualTo(Reply.Code.RESOURCE_EXHAUSTED);
            assertThat(reply.getMessage()).startsWith("the server is overloaded");
            assertThat(reply.getRetryAfterMs()).isPositive();
        });
        assertThat(two.house().registry().claimCount()).isEqualTo(5 - refused.size());
        two.house().loops().all().forEach(loop -> loop.mailboxLimit(1));
        for (int i = 0; i < 5; i++) {
            stream.does(Say.register("s" + i, Say.instance("10.0.0.1", 80)));
        }
        assertThat(two.house().registry().claimCount()).isEqualTo(5);
        stream.halfCloses();
        assertThat(two.house().registry().claimCount()).isZero();
        two.close();
    }
}

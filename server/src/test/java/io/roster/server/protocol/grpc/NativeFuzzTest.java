// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.proto.v1.ClientKind.IP_PORT;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Reply;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Mutations;
import java.io.ByteArrayInputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever bytes come as messages: each is answered once, what is refused leaves nothing, and the stream goes on. */
class NativeFuzzTest {

    private static final ClientMessage.Builder FULL = Say.register(
            "orders",
            instance("10.0.0.1", 80)
                    .setCluster("east")
                    .setWeight(3)
                    .setEnabled(true)
                    .setHealthy(true)
                    .setEphemeral(true)
                    .putMetadata("preserved.heart.beat.timeout", "20000"),
            instance("10.0.0.2", 65_535));

    private static final List<byte[]> GOOD = List.of(
            bytes(FULL),
            bytes(Say.register("orders", instance("10.0.0.1", 80))),
            bytes(Say.deregister("orders", key("10.0.0.1", 80))),
            bytes(Say.deregister("orders")),
            bytes(Say.subscribe("orders")),
            bytes(Say.unsubscribe("orders")),
            bytes(Say.query("orders")),
            bytes(Say.heartbeat()),
            bytes(Say.hello(CONNECTION)));

    private static byte[] bytes(ClientMessage.Builder message) {
        return message.setRequestId(300).build().toByteArray();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.MIXIN)
    void anyBytesAreAMessageOrARefusal(@ForAll("anything") byte[] bytes) {
        assertThat(new InboundMarshaller(Wire.MAX_MESSAGE_BYTES).parse(new ByteArrayInputStream(bytes)))
                .isInstanceOfAny(Inbound.Message.class, Inbound.Unreadable.class);
        assertThat(new InboundMarshaller(10).parse(new ByteArrayInputStream(bytes)))
                .isInstanceOfAny(Inbound.Message.class, Inbound.Unreadable.class);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void eachIsAnsweredOnceAndWhatIsRefusedLeavesNothing(
            @ForAll("conversations") List<byte[]> messages, @ForAll boolean heartbeats) {
        ClientKind kind = heartbeats ? IP_PORT : CONNECTION;
        House house;
        try (Wire wire = new Wire()) {
            house = wire.house();
            RawStream stream = wire.connectsRaw();
            stream.sends(bytes(Say.hello(kind)));
            for (byte[] message : messages) {
                String before = holds(house);
                int answered = stream.replies().size();
                stream.sends(message);
                assertThat(stream.replies()).hasSize(answered + 1);
                if (stream.replies().get(answered).getCode() != Reply.Code.OK) {
                    assertThat(holds(house))
                            .as("after %s", stream.replies().get(answered))
                            .isEqualTo(before);
                }
                assertThat(stream.replies().get(answered).getCode()).isNotEqualTo(Reply.Code.INTERNAL);
            }
            stream.sends(bytes(Say.heartbeat()));
            assertThat(stream.replies()).hasSize(messages.size() + 2);
        }
        // An instance may have been given timeouts of its own, of up to 12 digits.
        house.registry().shards().forEach(shard -> house.advance(60_000));
        assertThat(house.fanouts().subscriptions()).isZero();
        if (!heartbeats) {
            assertThat(holds(house)).isEqualTo("0 claims, 0 services, 0 clients, 0 subscriptions");
        }
    }

    private static String holds(House house) {
        return house.registry().claimCount() + " claims, "
                + house.registry().heldServiceCount() + " services, "
                + house.clients().count() + " clients, "
                + house.fanouts().subscriptions() + " subscriptions";
    }

    @Provide
    Arbitrary<byte[]> anything() {
        return Arbitraries.oneOf(Mutations.bytes(300), Mutations.of(GOOD));
    }

    @Provide
    Arbitrary<List<byte[]>> conversations() {
        return anything().list().ofMinSize(1).ofMaxSize(12);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import io.roster.server.fixture.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/** Whatever bytes come as envelopes and bodies: they are read or refused, soon, and what is refused leaves nothing. */
class NacosFuzzTest {

    private static final List<byte[]> BODIES = List.of(
            json("{'namespace':'public','serviceName':'orders','groupName':'g','type':'registerInstance',"
                    + "'instance':{'ip':'10.0.0.1','port':80,'weight':1.5,'healthy':true,'enabled':true,"
                    + "'ephemeral':true,'clusterName':'east','metadata':{'a':'b','n':null}}}"),
            json("{'serviceName':'orders','type':'batchRegisterInstance',"
                    + "'instances':[{'ip':'10.0.0.1','port':80},{'ip':'10.0.0.2','port':'81'}]}"),
            json("{'serviceName':'orders','subscribe':true,'clusters':'a,b','healthyOnly':false}"),
            json("{'namespace':'public','groupName':'g','pageNo':1,'pageSize':10}"),
            json("{'groupKeyPattern':'public>>*>>*','receivedGroupKeys':['a','b'],'watchType':'WATCH',"
                    + "'initializing':true}"),
            json("{'clientVersion':'x','labels':{'AppName':'y'},'abilityTable':{}}"),
            json("{'requestId':'1','resultCode':200,'unknown':[[{}],1e300,-0.0]}"));

    private static final List<String> TYPES = List.of(
            "InstanceRequest",
            "BatchInstanceRequest",
            "SubscribeServiceRequest",
            "ServiceQueryRequest",
            "ServiceListRequest",
            "NamingFuzzyWatchRequest",
            "HealthCheckRequest",
            "ServerCheckRequest",
            "PersistentInstanceRequest",
            "ConfigQueryRequest",
            "NoSuchRequest",
            "");

    private static final Duration SOON = Duration.ofSeconds(2);

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.MIXIN)
    void anyBytesAreAnEnvelope(@ForAll("envelopes") byte[] bytes) {
        assertThat(new PayloadMarshaller().parse(new ByteArrayInputStream(bytes)))
                .isNotNull();
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.MIXIN)
    void anyBytesAreABodyOrUnreadable(@ForAll("bodies") byte[] bytes) {
        readOrRefused(bytes);
    }

    @Property(tries = 10)
    void nestingWithoutEndIsUnreadable(
            @ForAll("openings") String opening, @ForAll @IntRange(min = 1_001, max = 500_000) int depth) {
        readOrRefused(("{\"x\":" + opening.repeat(depth)).getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 10)
    void numbersWithoutEndAreReadOrUnreadable(
            @ForAll("digits") String digits, @ForAll @IntRange(min = 1, max = 200_000) int length) {
        String number = digits.repeat(length);
        for (String value : List.of(number, "-" + number, "1." + number, "1e" + number, '"' + number + '"')) {
            readOrRefused(("{\"pageNo\":" + value + "}").getBytes(StandardCharsets.UTF_8));
            readOrRefused(("{\"instance\":{\"port\":" + value + ",\"weight\":" + value + "}}")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void readOrRefused(byte[] bytes) {
        Assertions.assertTimeout(SOON, () -> {
            for (Reading reading : List.<Reading>of(RequestBody::read, SetupBody::read, AckBody::read)) {
                try {
                    reading.read(bytes);
                } catch (IOException refused) {
                    assertThat(JsonReader.problem(refused)).isNotNull();
                }
            }
        });
    }

    /** Reads a body. */
    @FunctionalInterface
    private interface Reading {
        Object read(byte[] bytes) throws IOException;
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void eachRequestIsAnsweredOnceAndWhoeverLeavesLeavesNothing(
            @ForAll("conversations") List<byte[]> bodies, @ForAll long seed) {
        NacosStage stage = new NacosStage();
        NacosStage.Client client = stage.client();
        for (int i = 0; i < bodies.size(); i++) {
            String type = TYPES.get((int) Math.floorMod(seed + i, (long) TYPES.size()));
            long before = stage.registry.claimCount();
            String answer = client.ask(payload(type, bodies.get(i)));
            assertThat(answer).as("the answer to %s", type).isNotEmpty().doesNotContain("its log says why");
            if (!answer.contains("\"resultCode\":200")) {
                assertThat(stage.registry.claimCount()).as(answer).isEqualTo(before);
            }
            client.stream.say(payload(type, bodies.get(i)));
            stage.loops.settle();
        }
        assertThatCode(client::disconnect).doesNotThrowAnyException();
        stage.loops.advance(60_000);
        assertThat(stage.registry.claimCount()).isZero();
        assertThat(stage.registry.heldServiceCount()).isZero();
        assertThat(stage.clients.count()).isZero();
    }

    private static Payload payload(String type, byte[] body) {
        return Payload.newBuilder()
                .setMetadata(Metadata.newBuilder().setType(type))
                .setBody(Any.newBuilder().setValue(ByteString.copyFrom(body)))
                .build();
    }

    @Provide
    Arbitrary<byte[]> envelopes() {
        List<byte[]> good = BODIES.stream()
                .map(body -> payload("InstanceRequest", body).toByteArray())
                .toList();
        return Arbitraries.oneOf(Mutations.bytes(300), Mutations.of(good));
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.oneOf(Mutations.bytes(100), Mutations.of(BODIES));
    }

    @Provide
    Arbitrary<List<byte[]>> conversations() {
        return bodies().list().ofMinSize(1).ofMaxSize(15);
    }

    @Provide
    Arbitrary<String> openings() {
        return Arbitraries.of("[", "{\"x\":", "[[{\"a\":");
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.of("9", "0", "1234567890");
    }
}

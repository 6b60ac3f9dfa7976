// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.ServiceName;
import org.junit.jupiter.api.Test;

/** Who is asked whether it is still there, and who is let go. */
class LivenessTest {

    private final NacosStage stage = new NacosStage();
    private final NacosStage.Client client = stage.client();

    @Test
    void aClientThatSaysSomethingNowAndThenIsNeverAsked() {
        for (int i = 0; i < 20; i++) {
            stage.loops.advance(15_000);
            client.ask("HealthCheckRequest", "{}");
        }
        assertThat(client.heard()).isEmpty();
    }

    @Test
    void anIdleClientIsAskedAndOneThatAnswersStays() {
        for (int i = 0; i < 5; i++) {
            stage.loops.advance(22_000);
            assertThat(client.heard())
                    .singleElement()
                    .asString()
                    .matches("ClientDetectionRequest .*\"requestId\":\"\\d+\".*");
            client.say("ClientDetectionResponse", "{\"resultCode\":200}");
        }
        assertThat(stage.clients.count()).isEqualTo(1);
    }

    @Test
    void oneThatDoesNotAnswerIsGoneWithAllItPublished() {
        client.register("orders", "10.0.0.1");
        stage.loops.advance(24_000);
        assertThat(stage.clients.count()).isEqualTo(1);
        stage.loops.advance(3_000);
        assertThat(stage.clients.count()).isZero();
        assertThat(stage.registry.serviceCount()).isZero();
        assertThat(client.stream.closedWith()).isNotNull();
        assertThat(client.ask("HealthCheckRequest", "{}")).contains("\"errorCode\":301");
    }

    @Test
    void aServerThatStoodStillDoesNotHoldItAgainstItsClients() {
        stage.loops.advance(22_000);
        assertThat(client.heard()).hasSize(1);
        stage.loops.freeze(60_000);
        client.say("ClientDetectionResponse", "{\"resultCode\":200}");
        stage.loops.advance(5_000);
        assertThat(stage.clients.count()).isEqualTo(1);
    }

    @Test
    void aClientThatGaveUpAServerThatStoodStillIsBackUnnoticed() {
        client.register("orders", "10.0.0.1");
        NacosStage.Client consumer = stage.client();
        consumer.subscribe("orders", "");
        consumer.heard();
        stage.loops.freeze(40_000, () -> stage.services.transports().transportTerminated(client.transport));
        consumer.ask("HealthCheckRequest", "{}");
        stage.loops.advance(5_000);
        assertThat(stage.clients.count()).isEqualTo(2);
        stage.client().register("orders", "10.0.0.1");
        stage.loops.advance(10_000);
        assertThat(stage.clients.count()).isEqualTo(2);
        assertThat(stage.registry.claimCount()).isEqualTo(1);
        assertThat(consumer.heard()).as("lists").noneMatch(each -> each.contains("\"hosts\":[]"));
        assertThat(stage.registry
                        .snapshot(new ServiceName("public", "DEFAULT_GROUP", "orders"))
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void oneThatDoesNotReadForFiveMinutesIsGone() {
        client.reads(false);
        for (int i = 0; i < 29; i++) {
            stage.loops.advance(10_000);
            client.ask("HealthCheckRequest", "{}");
        }
        assertThat(stage.clients.count()).isEqualTo(1);
        stage.loops.advance(12_000);
        assertThat(stage.clients.count()).isZero();
    }

    @Test
    void aStoppingServerSendsEverybodyElsewhere() {
        stage.services.reset();
        stage.loops.settle();
        assertThat(client.heard()).singleElement().asString().startsWith("ConnectResetRequest");
        assertThat(client.stream.closedWith()).isNull();
        stage.loops.advance(2_000);
        assertThat(client.stream.closedWith()).isNotNull();
    }
}

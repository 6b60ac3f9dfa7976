// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Ack;
import io.roster.server.core.ServiceName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What subscribers are told, how often, and what becomes of what they do not acknowledge. */
class HearingTest {

    private static final ServiceName ORDERS = new ServiceName("public", "DEFAULT_GROUP", "orders");

    private final NacosStage stage = new NacosStage();
    private final NacosStage.Client provider = stage.client();
    private final NacosStage.Client consumer = stage.client();

    @Test
    void anAnswerIsWrittenAsNacosWritesIt() {
        provider.ask(
                "InstanceRequest",
                "{\"serviceName\":\"orders\",\"type\":\"registerInstance\",\"instance\":{\"ip\":\"10.0.0.1\",\"port\":80,"
                        + "\"metadata\":{\"preserved.heart.beat.timeout\":\"9000\"}}}");
        assertThat(consumer.subscribe("orders", "").replaceAll("\"lastRefTime\":\\d+", "\"lastRefTime\":0"))
                .isEqualTo("SubscribeServiceResponse {\"resultCode\":200,\"errorCode\":0,\"message\":\"success\","
                        + "\"success\":true,\"serviceInfo\":{\"clusters\":\"\",\"name\":\"orders\","
                        + "\"groupName\":\"DEFAULT_GROUP\",\"cacheMillis\":10000,\"hosts\":[{"
                        + "\"instanceId\":\"10.0.0.1#80#DEFAULT#DEFAULT_GROUP@@orders\",\"ip\":\"10.0.0.1\",\"port\":80,"
                        + "\"weight\":1.0,\"healthy\":true,\"enabled\":true,\"ephemeral\":true,\"clusterName\":\"DEFAULT\","
                        + "\"serviceName\":\"DEFAULT_GROUP@@orders\","
                        + "\"metadata\":{\"preserved.heart.beat.timeout\":\"9000\"},\"instanceHeartBeatInterval\":5000,"
                        + "\"instanceHeartBeatTimeOut\":9000,\"ipDeleteTimeout\":30000}],\"lastRefTime\":0,\"checksum\":\"\","
                        + "\"allIPs\":false,\"reachProtectionThreshold\":false,\"valid\":true}}");
    }

    @Test
    void aSubscriberIsAnsweredWithTheListAndToldItToo() {
        provider.register("orders", "10.0.0.1");
        assertThat(consumer.subscribe("orders", "")).contains("10.0.0.1");
        assertThat(consumer.heard())
                .as("a client that is back does not look at the answer")
                .singleElement()
                .asString()
                .contains("10.0.0.1");
        assertThat(consumer.subscribe("orders", "")).contains("10.0.0.1");
        assertThat(consumer.heard()).as("it subscribed before").isEmpty();
        provider.register("orders", "10.0.0.2");
        assertThat(consumer.heard())
                .singleElement()
                .asString()
                .startsWith("NotifySubscriberRequest")
                .contains("\"requestId\":\"", "10.0.0.2");
        provider.register("orders", "10.0.0.2");
        assertThat(consumer.heard()).as("nothing changed").isEmpty();
    }

    @Test
    void aServiceThatIsNotThereYetCanBeHeard() {
        assertThat(consumer.subscribe("orders", "")).contains("\"hosts\":[]");
        consumer.heard();
        provider.register("orders", "10.0.0.1");
        assertThat(consumer.heard()).hasSize(1);
        provider.disconnect();
        assertThat(consumer.heard()).singleElement().asString().contains("\"hosts\":[]");
    }

    @Test
    void aNewServerTellsNoListsBeforeAllMayHaveReturned() {
        NacosStage fresh = new NacosStage(10_000);
        NacosStage.Client back = fresh.client();
        NacosStage.Client early = fresh.client();
        back.subscribe("orders", "");
        back.subscribe("others", "");
        fresh.loops.advance(4_000);
        assertThat(early.register("orders", "10.0.0.1")).contains("200");
        assertThat(early.subscribe("orders", "")).as("who asks is answered").contains("10.0.0.1");
        assertThat(back.heard()).isEmpty();
        fresh.loops.advance(1_500);
        assertThat(fresh.settling.isSettled()).isTrue();
        assertThat(back.heard())
                .hasSize(2)
                .anyMatch(list -> list.contains("10.0.0.1"))
                .anyMatch(list -> list.contains("\"name\":\"others\"") && list.contains("\"hosts\":[]"));
        early.register("orders", "10.0.0.2");
        assertThat(back.heard()).hasSize(1);
    }

    @Test
    void aServiceThatAWatchingClientHoldsFromBeforeIsGoneOnlyOnceTheServerHasSettled() {
        NacosStage fresh = new NacosStage(10_000);
        NacosStage.Client back = fresh.client();
        fresh.client().register("orders", "10.0.0.1");
        back.ask(
                "NamingFuzzyWatchRequest",
                ("{'groupKeyPattern':'public>>DEFAULT_GROUP>>*','watchType':'WATCH','initializing':false,"
                                + "'receivedGroupKeys':['public@@DEFAULT_GROUP@@orders','public@@DEFAULT_GROUP@@others']}")
                        .replace('\'', '"'));
        assertThat(back.heard()).isEmpty();
        fresh.loops.advance(5_500);
        assertThat(back.heard()).singleElement().asString().contains("@@others", "DELETE_SERVICE");
    }

    @Test
    void allSubscribersAreToldUnderOneId() {
        NacosStage.Client another = stage.client();
        consumer.subscribe("orders", "");
        another.subscribe("orders", "");
        consumer.heard();
        another.heard();
        provider.register("orders", "10.0.0.1");
        assertThat(consumer.heard()).isEqualTo(another.heard());
    }

    @Test
    void clustersAreSaidBackAsTheyWereWrittenAndASecondSubscriptionReplacesTheFirst() {
        consumer.subscribe("orders", "");
        assertThat(consumer.subscribe("orders", "blue,DEFAULT")).contains("\"clusters\":\"blue,DEFAULT\"");
        consumer.heard();
        provider.register("orders", "10.0.0.1");
        assertThat(consumer.heard()).singleElement().asString().contains("\"clusters\":\"blue,DEFAULT\"");
        consumer.subscribe("orders", "blue");
        provider.register("orders", "10.0.0.2");
        assertThat(consumer.heard()).allMatch(push -> push.contains("\"hosts\":[]"));
    }

    @Test
    void whoUnsubscribesHearsNothingMoreAndMayDoSoTwice() {
        consumer.subscribe("orders", "");
        for (int i = 0; i < 2; i++) {
            assertThat(consumer.ask("SubscribeServiceRequest", "{\"serviceName\":\"orders\",\"subscribe\":false}"))
                    .contains("\"resultCode\":200", "\"hosts\":[]");
        }
        consumer.heard();
        provider.register("orders", "10.0.0.1");
        stage.loops.advance(10_000);
        assertThat(pushes(consumer)).isEmpty();
    }

    @Test
    void aSlowReaderIsToldTheLastListOnly() {
        consumer.subscribe("orders", "");
        consumer.heard();
        consumer.reads(false);
        for (int i = 1; i <= 100; i++) {
            provider.register("orders", "10.0.0." + i);
        }
        assertThat(consumer.heard()).isEmpty();
        consumer.reads(true);
        assertThat(consumer.heard()).singleElement().asString().contains("10.0.0.100");
    }

    @Test
    void whatIsAcknowledgedIsNotSentAgain() {
        consumer.subscribe("orders", "");
        consumer.heard();
        provider.register("orders", "10.0.0.1");
        acknowledge(consumer, consumer.heard().get(0), 200);
        stage.loops.advance(10_000);
        assertThat(pushes(consumer)).isEmpty();
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainAsItIsByThenUntilItIs() {
        consumer.subscribe("orders", "");
        consumer.heard();
        provider.register("orders", "10.0.0.1");
        acknowledge(consumer, consumer.heard().get(0), 500);
        stage.loops.advance(4_000);
        provider.register("orders", "10.0.0.2");
        assertThat(pushes(consumer)).hasSize(1);
        stage.loops.advance(4_000);
        assertThat(pushes(consumer)).as("5 s have not passed since the newest").isEmpty();
        for (int i = 0; i < 3; i++) {
            stage.loops.advance(5_000);
            consumer.ask("HealthCheckRequest", "{}");
            provider.ask("HealthCheckRequest", "{}");
            assertThat(pushes(consumer)).singleElement().asString().contains("10.0.0.2");
        }
        stage.loops.advance(5_000);
        acknowledge(consumer, pushes(consumer).get(0), 200);
        stage.loops.advance(6_000);
        assertThat(pushes(consumer)).isEmpty();
    }

    @Test
    void timeNeverGoesBackNotEvenWhenAServiceIsForgottenMeanwhile() {
        consumer.subscribe("orders", "");
        long last = 0;
        for (int i = 0; i < 50; i++) {
            provider.register("orders", "10.0.0." + i);
            for (String push : consumer.heard()) {
                assertThat(lastRefTime(push)).isGreaterThan(last);
                last = lastRefTime(push);
            }
        }
        consumer.ask("SubscribeServiceRequest", "{\"serviceName\":\"orders\",\"subscribe\":false}");
        provider.ask("InstanceRequest", "{\"serviceName\":\"orders\",\"type\":\"deregisterInstance\"}");
        provider.register("orders", "10.0.0.1");
        assertThat(lastRefTime(consumer.subscribe("orders", ""))).isGreaterThan(last);
    }

    @Test
    void aListThatIsStillEmptyIsOfTheSameTimeWheneverItIsTold() {
        long asked = lastRefTime(query(false));
        while (System.currentTimeMillis() <= asked + 2) {
            Thread.onSpinWait();
        }
        assertThat(lastRefTime(consumer.subscribe("orders", "")))
                .as("clients warn of a list that is older than the one they have")
                .isEqualTo(asked);
        assertThat(consumer.heard())
                .singleElement()
                .satisfies(push -> assertThat(lastRefTime(push)).isEqualTo(asked));
    }

    @Test
    void theUnhealthyAreOfferedAsHealthyOnlyWhereAnOperatorAskedForProtection() {
        provider.ask(
                "InstanceRequest",
                "{\"serviceName\":\"orders\",\"type\":\"registerInstance\",\"instance\":{\"ip\":\"a\",\"healthy\":false}}");
        assertThat(query(false)).contains("\"healthy\":false", "\"reachProtectionThreshold\":false");
        assertThat(query(true)).contains("\"hosts\":[]");
        stage.registry.configure(ORDERS, 0.5, null, Ack.NONE);
        stage.loops.settle();
        assertThat(query(false)).contains("\"healthy\":true", "\"reachProtectionThreshold\":true");
    }

    private String query(boolean healthyOnly) {
        return consumer.ask("ServiceQueryRequest", "{\"serviceName\":\"orders\",\"healthyOnly\":" + healthyOnly + "}");
    }

    private static List<String> pushes(NacosStage.Client client) {
        return client.heard().stream()
                .filter(message -> message.startsWith("NotifySubscriberRequest"))
                .toList();
    }

    private static void acknowledge(NacosStage.Client client, String push, int resultCode) {
        Matcher id = Pattern.compile("\"requestId\":\"(\\d+)\"").matcher(push);
        assertThat(id.find()).isTrue();
        client.say(
                "NotifySubscriberResponse",
                "{\"resultCode\":" + resultCode + ",\"requestId\":\"" + id.group(1) + "\"}");
    }

    private static long lastRefTime(String push) {
        Matcher time = Pattern.compile("\"lastRefTime\":(\\d+)").matcher(push);
        assertThat(time.find()).isTrue();
        return Long.parseLong(time.group(1));
    }
}

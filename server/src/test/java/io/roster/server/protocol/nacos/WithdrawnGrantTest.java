// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.security.ApiToken;
import io.roster.server.security.TestAccess;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users file changes while clients hear what it allowed. */
class WithdrawnGrantTest {

    private final ApiToken ann = ApiToken.random();
    private final ApiToken bob = ApiToken.random();
    private final ApiToken publisher = ApiToken.random();
    private final TestAccess access;
    private final NacosStage stage;
    private final NacosStage.Client provider;
    private final NacosStage.Client consumer;
    private int published;

    WithdrawnGrantTest(@TempDir Path folder) throws IOException {
        access = new TestAccess(folder, others().token(ann, "ann", "read *"));
        stage = new NacosStage(access.control());
        provider = stage.client();
        consumer = stage.client();
    }

    @AfterEach
    void close() {
        access.close();
    }

    private UsersText others() {
        return new UsersText().token(bob, "bob", "read *").token(publisher, "publisher", "write *");
    }

    private void becomes(UsersText users) throws IOException {
        access.becomes(users);
        stage.loops.settle();
    }

    private void annMayReadOnlyStock() throws IOException {
        becomes(others().token(ann, "ann", "read public stock"));
    }

    @Test
    void aSubscriptionIsDroppedOnceItsAskerMayNotReadTheServiceAndTheOthersOfItsConnectionGoOn() throws IOException {
        subscribes(consumer, ann, "orders");
        subscribes(consumer, ann, "stock");
        annMayReadOnlyStock();
        publishes("orders");
        assertThat(consumer.heard()).isEmpty();
        publishes("stock");
        assertThat(consumer.heard()).singleElement().asString().contains("\"name\":\"stock\"", "10.0.0.");
        assertThat(consumer.stream.closedWith()).isNull();
    }

    @Test
    void otherConnectionsGoOn() throws IOException {
        NacosStage.Client another = stage.client();
        subscribes(consumer, ann, "orders");
        subscribes(another, bob, "orders");
        annMayReadOnlyStock();
        publishes("orders");
        assertThat(another.heard()).singleElement().asString().contains("\"name\":\"orders\"", "10.0.0.");
        assertThat(consumer.heard()).isEmpty();
    }

    @Test
    void eachSubscriptionOfAConnectionIsJudgedByWhoAskedForIt() throws IOException {
        subscribes(consumer, ann, "orders");
        subscribes(consumer, bob, "orders-2");
        annMayReadOnlyStock();
        publishes("orders", "orders-2");
        assertThat(consumer.heard()).singleElement().asString().contains("\"name\":\"orders-2\"");
    }

    @Test
    void whoIsNotInTheFileAnyMoreIsToldNothing() throws IOException {
        subscribes(consumer, ann, "orders");
        subscribes(consumer, ann, "stock");
        subscribes(consumer, bob, "orders-2");
        becomes(others());
        publishes("orders", "stock", "orders-2");
        assertThat(consumer.heard()).singleElement().asString().contains("\"name\":\"orders-2\"");
        assertThat(consumer.ask("HealthCheckRequest", "{}")).contains("\"resultCode\":200");
    }

    @Test
    void aListThatWaitsForASlowReaderIsNotTold() throws IOException {
        subscribes(consumer, ann, "orders");
        subscribes(consumer, ann, "stock");
        consumer.reads(false);
        publishes("orders", "stock");
        annMayReadOnlyStock();
        consumer.reads(true);
        assertThat(consumer.heard()).singleElement().asString().contains("\"name\":\"stock\"");
    }

    @Test
    void aListThatWasNotAcknowledgedIsNotToldAgain() throws IOException {
        subscribes(consumer, ann, "orders");
        subscribes(consumer, ann, "stock");
        publishes("orders", "stock");
        assertThat(consumer.heard()).hasSize(2);
        annMayReadOnlyStock();
        stage.loops.advance(5_000);
        assertThat(consumer.heard()).isNotEmpty().allMatch(list -> list.contains("\"name\":\"stock\""));
    }

    @Test
    void whoMayReadItAgainSubscribesAnewAndIsTold() throws IOException {
        subscribes(consumer, ann, "orders");
        annMayReadOnlyStock();
        publishes("orders");
        assertThat(subscribe(consumer, ann, "orders")).contains("\"errorCode\":403");
        becomes(others().token(ann, "ann", "read *"));
        assertThat(consumer.heard()).isEmpty();
        assertThat(subscribe(consumer, ann, "orders")).contains("10.0.0.");
        assertThat(consumer.heard()).singleElement().asString().contains("10.0.0.");
    }

    @Test
    void namesThatWaitForASlowReaderAreNotTold() throws IOException {
        watchesNames();
        consumer.reads(false);
        publishes("orders", "stock");
        annMayReadOnlyStock();
        consumer.reads(true);
        assertThat(consumer.heard())
                .singleElement()
                .asString()
                .contains("@@stock")
                .doesNotContain("orders");
    }

    @Test
    void batchesOfNamesThatWaitForASlowReaderAreMadeAnew() throws IOException {
        publishes("orders", "stock");
        consumer.reads(false);
        watchesNames();
        annMayReadOnlyStock();
        consumer.reads(true);
        assertThat(consumer.heard())
                .hasSize(2)
                .noneMatch(message -> message.contains("orders"))
                .anyMatch(message -> message.contains("@@stock"))
                .anyMatch(message -> message.contains("FINISH_FUZZY_WATCH_INIT_NOTIFY"));
    }

    private void watchesNames() {
        assertThat(consumer.ask(
                        ann,
                        "NamingFuzzyWatchRequest",
                        "{\"groupKeyPattern\":\"public>>DEFAULT_GROUP>>*\",\"watchType\":\"WATCH\","
                                + "\"receivedGroupKeys\":[],\"initializing\":true}"))
                .contains("\"resultCode\":200");
        consumer.heard();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"tokens\":[{\"name\":\"ann\"}]}", "{\"admins\":[]}"})
    void aFileThatCannotBeUsedChangesNothing(String text) throws IOException {
        subscribes(consumer, ann, "orders");
        access.becomes(text);
        stage.loops.settle();
        publishes("orders");
        assertThat(consumer.heard()).singleElement().asString().contains("\"name\":\"orders\"", "10.0.0.");
    }

    /** Subscribes, and hears the list that there is. */
    private static void subscribes(NacosStage.Client client, ApiToken token, String service) {
        assertThat(subscribe(client, token, service)).contains("\"resultCode\":200");
        assertThat(client.heard()).hasSize(1);
    }

    private static String subscribe(NacosStage.Client client, ApiToken token, String service) {
        return client.ask(token, "SubscribeServiceRequest", "{\"serviceName\":\"" + service + "\",\"subscribe\":true}");
    }

    /** Changes the lists of services. */
    private void publishes(String... services) {
        for (String service : services) {
            String instance = "{\"ip\":\"10.0.0." + ++published + "\",\"port\":80}";
            assertThat(provider.ask(
                            publisher,
                            "InstanceRequest",
                            "{\"serviceName\":\"" + service + "\",\"type\":\"registerInstance\",\"instance\":"
                                    + instance + "}"))
                    .contains("\"resultCode\":200");
        }
    }
}

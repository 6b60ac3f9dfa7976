// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which services come and go, as a client hears it that watches a pattern. */
class FuzzyWatchTest {

    private static final String OK = "NamingFuzzyWatchResponse {\"resultCode\":200,\"errorCode\":0,\"success\":true}";

    private final NacosStage stage = new NacosStage();
    private final NacosStage.Client provider = stage.client();
    private final NacosStage.Client client = stage.client();

    @Test
    void aWatchBeginsWithBatchesOfTenAndTheWordThatTheseAreAll() {
        register(25);
        provider.register("other", "10.0.0.1");
        assertThat(watch("a-*", List.of(), true)).isEqualTo(OK);
        List<String> heard = client.heard();
        assertThat(heard).hasSize(4);
        assertThat(heard.get(0))
                .startsWith("NamingFuzzyWatchSyncRequest")
                .contains(
                        "\"syncType\":\"FUZZY_WATCH_INIT_NOTIFY\"",
                        "\"groupKeyPattern\":\"public>>DEFAULT_GROUP>>a-*\"",
                        "{\"serviceKey\":\"public@@DEFAULT_GROUP@@a-0\",\"changedType\":\"ADD_SERVICE\"}",
                        "\"totalBatch\":3,\"currentBatch\":1");
        assertThat(heard.get(3)).contains("\"syncType\":\"FINISH_FUZZY_WATCH_INIT_NOTIFY\"", "\"contexts\":[]");
        assertThat(changes(heard)).hasSize(25).noneMatch(change -> change.contains("other"));
    }

    @Test
    void aWatchThatMatchesNothingIsToldSo() {
        watch("a-*", List.of(), true);
        assertThat(client.heard()).singleElement().asString().contains("FINISH_FUZZY_WATCH_INIT_NOTIFY");
    }

    @Test
    void firstAndLastPublishersAreToldOthersAreNot() {
        watch("a-*", List.of(), true);
        client.heard();
        provider.register("a-0", "10.0.0.1");
        NacosStage.Client another = stage.client();
        another.register("a-0", "10.0.0.2");
        assertThat(client.heard())
                .singleElement()
                .asString()
                .startsWith("NamingFuzzyWatchChangeNotifyRequest")
                .contains(
                        "\"syncType\":\"FUZZY_WATCH_RESOURCE_CHANGED\"",
                        "\"serviceKey\":\"public@@DEFAULT_GROUP@@a-0\",\"changedType\":\"ADD_SERVICE\"");
        provider.disconnect();
        assertThat(client.heard()).isEmpty();
        another.disconnect();
        assertThat(client.heard()).singleElement().asString().contains("\"changedType\":\"DELETE_SERVICE\"");
    }

    @Test
    void aClientThatComesBackIsToldOnlyTheDifferences() {
        register(3);
        watch("a-*", List.of("public@@DEFAULT_GROUP@@a-0", "public@@DEFAULT_GROUP@@a-gone", "nonsense"), false);
        List<String> heard = client.heard();
        assertThat(heard).singleElement().asString().contains("\"syncType\":\"FUZZY_WATCH_DIFF_SYNC_NOTIFY\"");
        assertThat(changes(heard))
                .containsExactly(
                        "public@@DEFAULT_GROUP@@a-gone\",\"changedType\":\"DELETE_SERVICE",
                        "public@@DEFAULT_GROUP@@a-1\",\"changedType\":\"ADD_SERVICE",
                        "public@@DEFAULT_GROUP@@a-2\",\"changedType\":\"ADD_SERVICE");
    }

    @Test
    void aSlowReaderIsNotToldWhatChangedBackMeanwhile() {
        watch("a-*", List.of(), true);
        client.heard();
        client.reads(false);
        provider.register("a-0", "10.0.0.1");
        provider.register("a-1", "10.0.0.1");
        provider.ask("InstanceRequest", "{\"serviceName\":\"a-0\",\"type\":\"deregisterInstance\"}");
        assertThat(client.heard()).isEmpty();
        client.reads(true);
        assertThat(changes(client.heard()))
                .containsExactly("public@@DEFAULT_GROUP@@a-1\",\"changedType\":\"ADD_SERVICE");
    }

    @Test
    void aReaderThatFallsFarBehindIsBroughtLevelAgainAndStillHearsThatItIs() {
        register(20);
        client.reads(false);
        watch("a-*", List.of(), true);
        for (int i = 0; i < 1_100; i++) {
            provider.register("a-passing-" + i, "10.0.0.1");
        }
        assertThat(client.heard()).isEmpty();
        client.reads(true);
        List<String> heard = client.heard();
        assertThat(changes(heard)).hasSize(500).doesNotHaveDuplicates();
        assertThat(heard).anyMatch(message -> message.contains("FINISH_FUZZY_WATCH_INIT_NOTIFY"));
    }

    @Test
    void moreServicesThanTheLimitAreCutAndSaidToBe() {
        register(501);
        assertThat(watch("a-*", List.of(), true))
                .startsWith("NamingFuzzyWatchResponse {\"resultCode\":500,\"errorCode\":50311,");
        assertThat(changes(client.heard())).hasSize(500);
    }

    @Test
    void morePatternsThanTheLimitAreRefusedUntilOneIsGivenUp() {
        for (int i = 0; i < 20; i++) {
            assertThat(watch("p-" + i, List.of(), true)).isEqualTo(OK);
        }
        assertThat(watch("p-20", List.of(), true)).contains("\"errorCode\":50310");
        NacosStage.Client another = stage.client();
        assertThat(request(another, "p-0", "WATCH", "", true))
                .as("known already")
                .isEqualTo(OK);
        assertThat(request(client, "p-1", "CANCEL_WATCH", "", false)).isEqualTo(OK);
        assertThat(watch("p-20", List.of(), true)).isEqualTo(OK);
        client.disconnect();
        assertThat(request(another, "p-21", "WATCH", "", true)).isEqualTo(OK);
    }

    @Test
    void whatIsNoPatternOrNoKindOfWatchIsRefused() {
        assertThat(client.ask("NamingFuzzyWatchRequest", "{\"groupKeyPattern\":\"a\",\"watchType\":\"WATCH\"}"))
                .startsWith("NamingFuzzyWatchResponse {\"resultCode\":500,\"errorCode\":400");
        assertThat(request(client, "a", "LOOK", "", true)).contains("\"errorCode\":400");
    }

    private void register(int count) {
        for (int i = 0; i < count; i++) {
            provider.register("a-" + i, "10.0.0.1");
        }
    }

    private String watch(String pattern, List<String> held, boolean initially) {
        String keys = held.isEmpty() ? "" : '"' + String.join("\",\"", held) + '"';
        return request(client, pattern, "WATCH", keys, initially);
    }

    private static String request(NacosStage.Client who, String pattern, String type, String keys, boolean initially) {
        return who.ask(
                "NamingFuzzyWatchRequest",
                "{\"groupKeyPattern\":\"public>>DEFAULT_GROUP>>" + pattern + "\",\"receivedGroupKeys\":[" + keys
                        + "],\"watchType\":\"" + type + "\",\"initializing\":" + initially + "}");
    }

    private static List<String> changes(List<String> messages) {
        List<String> changes = new ArrayList<>();
        for (String message : messages) {
            Matcher change =
                    Pattern.compile("\"serviceKey\":\"([^}]*)\"}").matcher(message.replace(",\"syncType", "}"));
            while (change.find()) {
                changes.add(change.group(1));
            }
        }
        return changes;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a request is found in Nacos's order, and said in the shape that makes a client do the right thing. */
class RequestOrderTest {

    private final NacosStage stage = new NacosStage();

    @Test
    void theServerCheckIsAnsweredBeforeThereIsAClient() {
        assertThat(stage.connect().ask("ServerCheckRequest", "{}"))
                .matches(
                        "ServerCheckResponse \\{\"resultCode\":200,\"errorCode\":0,"
                                + "\"connectionId\":\"\\d+_127.0.0.1_40000\",\"supportAbilityNegotiation\":true,\"success\":true}");
    }

    @Test
    void aConnectionThatNobodyHasSetUpIsUnregistered() {
        assertThat(stage.connect().ask("HealthCheckRequest", "{}"))
                .isEqualTo("ErrorResponse {\"resultCode\":500,\"errorCode\":301,"
                        + "\"message\":\"Connection is unregistered.\",\"success\":false}");
    }

    @Test
    void aRequestOfUnknownTypeHasNoHandlerWhoeverAsks() {
        String expected = "ErrorResponse {\"resultCode\":500,\"errorCode\":302,"
                + "\"message\":\"RequestHandler Not Found\",\"success\":false}";
        assertThat(stage.connect().ask("LockOperationRequest", "{")).isEqualTo(expected);
        assertThat(stage.client().ask("ConnectionSetupRequest", "{}")).isEqualTo(expected);
        assertThat(stage.client().ask(Payload.getDefaultInstance())).isEqualTo(expected);
    }

    @Test
    void configurationIsNotKeptAndTheAnswerIsFinal() {
        assertThat(stage.connect().ask("ConfigQueryRequest", "{}")).contains("\"errorCode\":301");
        assertThat(stage.client().ask("ConfigQueryRequest", "{\"dataId\":\"d\",\"group\":\"g\"}"))
                .startsWith("ConfigQueryResponse {\"resultCode\":500,\"errorCode\":300,");
        assertThat(stage.client().ask("ConfigPublishRequest", "{\"dataId\":\"d\",\"content\":\"c\"}"))
                .startsWith("ConfigPublishResponse {\"resultCode\":500,\"errorCode\":501,");
        assertThat(stage.client().ask("ConfigBatchListenRequest", "{\"listen\":true,\"configListenContexts\":[{}]}"))
                .isEqualTo("ConfigChangeBatchListenResponse {\"resultCode\":200,\"errorCode\":0,"
                        + "\"changedConfigs\":[],\"success\":true}");
    }

    @Test
    void whatServersSayToEachOtherIsForbidden() {
        assertThat(stage.client().ask("DistroDataRequest", "{}")).contains("\"errorCode\":502", "is forbidden");
    }

    @Test
    void aBodyThatCannotBeReadIsABadGatewayAndTheConnectionLives() {
        NacosStage.Client client = stage.client();
        assertThat(client.ask("InstanceRequest", "{\"instance\":[]}"))
                .startsWith("ErrorResponse {")
                .contains("502");
        assertThat(client.ask("InstanceRequest", "{\"instance\"")).contains("\"errorCode\":502");
        assertThat(client.ask("InstanceRequest", "")).contains("\"errorCode\":502", "Invalid request");
        Payload notUtf8 = Payload.newBuilder()
                .setMetadata(Metadata.newBuilder().setType("InstanceRequest"))
                .setBody(Any.newBuilder().setValue(ByteString.fromHex("7b2261223a22ff227d")))
                .build();
        assertThat(client.ask(notUtf8)).contains("\"errorCode\":502");
        assertThat(client.ask("HealthCheckRequest", "{}"))
                .isEqualTo("HealthCheckResponse {\"resultCode\":200,\"errorCode\":0,\"success\":true}");
        assertThat(stage.registry.serviceCount()).isZero();
    }

    @Test
    void whatIsWrongWithTheBusinessIsSaidInTheAnswersOwnType() {
        NacosStage.Client client = stage.client();
        assertThat(
                        client.ask(
                                "InstanceRequest",
                                "{\"serviceName\":\"s\",\"type\":\"registerInstance\",\"instance\":{\"ip\":\"a\",\"port\":70000}}"))
                .isEqualTo(
                        "InstanceResponse {\"resultCode\":500,\"errorCode\":400,\"message\":\"Param check invalid:Param"
                                + " 'port' is illegal, the value should be between 0 and 65535.\",\"success\":false}");
        assertThat(client.ask("PersistentInstanceRequest", "{}"))
                .startsWith("InstanceResponse {\"resultCode\":500,\"errorCode\":501,");
        assertThat(client.ask("InstanceRequest", "{\"serviceName\":\"s\",\"type\":\"x\"}"))
                .contains(
                        "ErrorResponse {\"resultCode\":400,\"errorCode\":400,\"message\":\"Unsupported request type x\"");
        assertThat(stage.registry.serviceCount()).isZero();
    }

    @Test
    void onlyAClientThatNegotiatesIsToldWhatTheServerCanDo() {
        NacosStage.Client modern = stage.connect();
        modern.say("ConnectionSetupRequest", "{\"abilityTable\":{\"lock\":true}}");
        assertThat(modern.heard())
                .containsExactly(
                        "SetupAckRequest {\"headers\":{},\"abilityTable\":{\"fuzzyWatch\":true},\"module\":\"internal\"}");
        NacosStage.Client old = stage.connect();
        old.say("ConnectionSetupRequest", "{\"clientVersion\":\"Nacos-Java-Client:v2.1.2\"}");
        assertThat(old.heard()).isEmpty();
        assertThat(old.ask("HealthCheckRequest", "{}")).startsWith("HealthCheckResponse");
        assertThat(stage.clients.count()).isEqualTo(2);
    }

    @Test
    void anAddressWithTooManyStreamsGetsNoMoreUntilOneHasEnded() {
        List<NacosStage.Client> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(stage.client());
        }
        assertThat(stage.connect().stream.closedWith()).isNotNull();
        clients.get(0).stream.breaks();
        stage.loops.settle();
        assertThat(stage.client().stream.closedWith()).isNull();
    }

    @Test
    void aSetupThatCannotBeReadEndsTheStream() {
        NacosStage.Client client = stage.connect();
        client.say("ConnectionSetupRequest", "{");
        assertThat(client.stream.closedWith()).isNotNull();
        assertThat(stage.clients.count()).isZero();
    }

    @Test
    void answersThatNobodyWaitsForOrNobodyCanReadAreIgnored() {
        NacosStage.Client client = stage.client();
        client.say("NotifySubscriberResponse", "{\"requestId\":\"never\"}");
        client.say("NotifySubscriberResponse", "]");
        client.say("", "");
        assertThat(client.stream.closedWith()).isNull();
        assertThat(client.ask("HealthCheckRequest", "{}")).startsWith("HealthCheckResponse");
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

    @Test
    void whatIsSaidIsReadAndWhatIsUnknownIsPassedOver() throws IOException {
        RequestBody body = read("""
                {"headers":{"a":[1,{"b":null}]},"namespace":"n","serviceName":"s","groupName":"g","type":"registerInstance",
                 "instance":{"ip":"10.0.0.1","port":8080,"weight":2.5,"healthy":false,"enabled":false,"clusterName":"c",
                 "metadata":{"k":"v","gone":null,"n":1},"instanceHeartBeatInterval":5000},"module":"naming"}""");
        assertThat(body.namespace + body.service + body.group + body.type).isEqualTo("nsgregisterInstance");
        InstanceBody instance = Objects.requireNonNull(body.instance);
        assertThat(instance.ip + instance.port + instance.cluster).isEqualTo("10.0.0.18080c");
        assertThat(instance.weight).isEqualTo(2.5);
        assertThat(instance.healthy || instance.enabled).isFalse();
        assertThat(instance.metadata)
                .containsEntry("k", "v")
                .containsEntry("n", "1")
                .hasSize(2);
    }

    @Test
    void whatIsNotSaidOrNullIsAsNacosAssumes() throws IOException {
        RequestBody body = read("{\"namespace\":null,\"instance\":{\"clusterName\":null,\"weight\":null}}");
        InstanceBody instance = Objects.requireNonNull(body.instance);
        assertThat(body.namespace).isEmpty();
        assertThat(instance.cluster).isIn("", "DEFAULT");
        assertThat(instance.weight).isEqualTo(1);
        assertThat(instance.healthy && instance.enabled).isTrue();
    }

    @Test
    void numbersAndBooleansMayComeAsText() throws IOException {
        RequestBody body = read("{\"instance\":{\"port\":\"8080\",\"weight\":\"0.5\",\"healthy\":\"false\"}}");
        InstanceBody instance = Objects.requireNonNull(body.instance);
        assertThat(instance.port).isEqualTo(8080);
        assertThat(instance.weight).isEqualTo(0.5);
        assertThat(instance.healthy).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"serviceName\":}",
                "{\"serviceName\":{}}",
                "{\"instance\":[]}",
                "{\"instance\":{\"port\":\"http\"}}",
                "{\"instance\":{\"port\":99999999999}}",
                "{\"instance\":{\"healthy\":\"perhaps\"}}",
                "{\"instance\":{\"metadata\":{\"k\":{}}}}",
                "{\"instances\":{}}",
                "{\"instances\":[7]}"
            })
    void whatCannotBeMeantIsUnreadable(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsTooDeepTooLongOrNoTextIsUnreadable() {
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(10_000))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"type\":\"" + "x".repeat(100_000) + "\"}"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"pageNo\":" + "9".repeat(100) + "}")).isInstanceOf(IOException.class);
        byte[] notUtf8 = "{\"type\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        notUtf8[9] = (byte) 0xff;
        assertThatThrownBy(() -> RequestBody.read(notUtf8)).isInstanceOf(IOException.class);
    }

    private static RequestBody read(String json) throws IOException {
        return RequestBody.read(json.getBytes(StandardCharsets.UTF_8));
    }
}

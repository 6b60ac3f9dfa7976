// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Instance;
import io.roster.server.core.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client has one slot in each service, and loses all of them with its connection. */
class PublishingTest {

    private final NacosStage stage = new NacosStage();
    private final NacosStage.Client client = stage.client();

    @Test
    void aRegistrationIsSeenOnceItIsAcknowledged() {
        assertThat(client.register("orders", "10.0.0.1"))
                .isEqualTo("InstanceResponse {\"resultCode\":200,\"errorCode\":0,\"type\":\"registerInstance\","
                        + "\"success\":true}");
        assertThat(addresses()).containsExactly("10.0.0.1");
    }

    @Test
    void theNextRegistrationTakesThePlaceOfTheLast() {
        client.register("orders", "10.0.0.1");
        client.register("orders", "10.0.0.2");
        assertThat(addresses()).containsExactly("10.0.0.2");
        batch("10.0.0.3", "10.0.0.4");
        assertThat(addresses()).containsExactly("10.0.0.3", "10.0.0.4");
        client.register("orders", "10.0.0.5");
        assertThat(addresses()).containsExactly("10.0.0.5");
        batch();
        assertThat(addresses()).isEmpty();
    }

    @Test
    void deregisteringDoesNotLookAtTheAddressAndNeverFails() {
        client.register("orders", "10.0.0.1");
        for (int i = 0; i < 2; i++) {
            assertThat(
                            client.ask(
                                    "InstanceRequest",
                                    "{\"serviceName\":\"orders\",\"type\":\"deregisterInstance\",\"instance\":{\"ip\":\"other\"}}"))
                    .contains("\"resultCode\":200", "\"type\":\"deregisterInstance\"");
        }
        assertThat(addresses()).isEmpty();
    }

    @Test
    void theEndOfAConnectionTakesBackWhatItPublishedAndNothingElse() {
        client.register("orders", "10.0.0.1");
        NacosStage.Client reconnected = stage.client();
        reconnected.register("orders", "10.0.0.1");
        client.disconnect();
        client.stream.breaks();
        assertThat(addresses()).containsExactly("10.0.0.1");
        assertThat(client.ask("HealthCheckRequest", "{}")).contains("\"errorCode\":301");
        reconnected.stream.breaks();
        stage.loops.settle();
        assertThat(addresses()).isEmpty();
        assertThat(stage.clients.count()).isZero();
    }

    @Test
    void namesArePagedInOrderAndCountedAll() {
        for (String name : List.of("c", "a", "b")) {
            client.register(name, "10.0.0.1");
        }
        client.register("other@@d", "10.0.0.1");
        assertThat(names(1, 2)).contains("\"count\":3,\"serviceNames\":[\"a\",\"b\"]");
        assertThat(names(2, 2)).contains("\"count\":3,\"serviceNames\":[\"c\"]");
        assertThat(names(3, 2)).contains("\"count\":3,\"serviceNames\":[]");
        assertThat(names(1, 0)).contains("\"count\":3,\"serviceNames\":[]");
        assertThat(names(0, 2)).contains("\"count\":3,\"serviceNames\":[]");
        assertThat(names(1, Integer.MAX_VALUE)).contains("\"count\":3,\"serviceNames\":[\"a\",\"b\",\"c\"]");
        assertThat(names(Integer.MAX_VALUE, Integer.MAX_VALUE)).contains("\"count\":3,\"serviceNames\":[]");
    }

    private String names(int page, int size) {
        return client.ask("ServiceListRequest", "{\"pageNo\":" + page + ",\"pageSize\":" + size + "}");
    }

    private void batch(String... ips) {
        String instances = String.join(
                ",", List.of(ips).stream().map(ip -> "{\"ip\":\"" + ip + "\"}").toList());
        assertThat(client.ask(
                        "BatchInstanceRequest",
                        "{\"serviceName\":\"orders\",\"type\":\"batchRegisterInstance\",\"instances\":[" + instances
                                + "]}"))
                .startsWith("BatchInstanceResponse {\"resultCode\":200");
    }

    private List<String> addresses() {
        return stage.registry.snapshot(new ServiceName("public", "DEFAULT_GROUP", "orders")).all().instances().stream()
                .map(Instance::key)
                .map(key -> key.ip())
                .toList();
    }
}

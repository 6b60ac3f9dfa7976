// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.core.Limits;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NacosDecoderTest {

    private final NacosDecoder decoder = new NacosDecoder(Limits.DEFAULT);

    @Test
    void noNamespaceIsThePublicOneAndNoGroupTheDefaultOne() {
        RequestBody body = new RequestBody();
        body.service = "orders";
        assertThat(decoder.service(body)).isEqualTo(new ServiceName("public", "DEFAULT_GROUP", "orders"));
        body.namespace = "public";
        assertThat(decoder.service(body)).isEqualTo(new ServiceName("public", "DEFAULT_GROUP", "orders"));
    }

    @Test
    void theGroupMayStandBeforeTheName() {
        RequestBody body = new RequestBody();
        body.service = "billing@@orders";
        body.group = "DEFAULT_GROUP";
        assertThat(decoder.service(body)).isEqualTo(new ServiceName("public", "billing", "orders"));
    }

    @Test
    void whatNacosRefusesIsRefusedInItsWords() {
        refused(body -> body.namespace = "a b", "'namespaceId' is illegal, illegal characters should not appear in");
        refused(
                body -> body.namespace = "n".repeat(65),
                "'namespaceId' is illegal, the param length should not exceed 64.");
        refused(body -> body.group = "g/h", "'group' is illegal, illegal characters should not appear in the param.");
        refused(
                body -> body.service = "",
                "'serviceName' is illegal, illegal characters should not appear in the param.");
        refused(
                body -> body.service = "s".repeat(513),
                "'serviceName' is illegal, the param length should not exceed 512.");
    }

    @Test
    void instancesTooAreRefusedInItsWords() {
        bad(instance -> instance.port = 65_536, "'port' is illegal, the value should be between 0 and 65535.");
        bad(instance -> instance.port = -1, "'port' is illegal, the value should be between 0 and 65535.");
        bad(instance -> instance.weight = 10_001, "'weight' is illegal, the value should be between 0 and 10000.");
        bad(instance -> instance.weight = Double.NaN, "'weight' is illegal, the value should be between 0 and 10000.");
        bad(
                instance -> instance.cluster = "c,d",
                "'cluster' is illegal, illegal characters should not appear in the param.");
        bad(
                instance -> instance.cluster = "c".repeat(65),
                "'cluster' is illegal, the param length should not exceed 64.");
        bad(instance -> instance.ip = "", "'ip' is illegal, illegal characters should not appear in the param.");
        bad(instance -> instance.ip = "i".repeat(129), "'ip' is illegal, the param length should not exceed 128.");
        bad(
                instance -> instance.metadata = Map.of("k", "v".repeat(1_024)),
                "'metadata' is illegal, the param length should not exceed 1024.");
    }

    @Test
    void ofTwoInstancesWithOneKeyTheLastCounts() {
        InstanceBody first = instance();
        InstanceBody second = instance();
        second.weight = 7;
        assertThat(decoder.instances(List.of(first, second))).hasSize(1).allMatch(each -> each.weight() == 7);
    }

    @Test
    void clustersComeWithCommasBetweenThem() {
        assertThat(decoder.view("", false)).isEqualTo(View.ALL);
        assertThat(decoder.view(" , ", false)).isEqualTo(View.ALL);
        assertThat(decoder.view("b, a,b", true)).isEqualTo(View.of(List.of("a", "b"), true));
        assertThatThrownBy(() -> decoder.view("a b", false)).hasMessageContaining("Param 'cluster' is illegal");
        assertThatThrownBy(() -> decoder.view("c,".repeat(65), false)).hasMessageContaining("between 0 and 64");
    }

    private void refused(Consumer<RequestBody> change, String text) {
        RequestBody body = new RequestBody();
        body.service = "orders";
        change.accept(body);
        assertThatThrownBy(() -> decoder.service(body)).hasMessageContaining("Param check invalid:Param " + text);
    }

    private void bad(Consumer<InstanceBody> change, String text) {
        InstanceBody body = instance();
        change.accept(body);
        assertThatThrownBy(() -> decoder.instances(List.of(body)))
                .hasMessageContaining("Param check invalid:Param " + text);
    }

    private static InstanceBody instance() {
        InstanceBody body = new InstanceBody();
        body.ip = "10.0.0.1";
        body.port = 80;
        return body;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.core.Instance;
import io.roster.server.core.Limits;
import io.roster.server.core.ServiceName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormReaderTest {

    private final FormReader reader = new FormReader(Limits.DEFAULT);

    private static Parameters said(String query) {
        return FormDecoder.decode(query, null);
    }

    @ParameterizedTest
    @CsvSource({
        "serviceName=a,                            public, DEFAULT_GROUP",
        "serviceName=a&namespaceId=&groupName=,    public, DEFAULT_GROUP",
        "serviceName=a&namespaceId=n&groupName=g,  n,      g",
        "serviceName=g@@a&groupName=other,         public, g",
    })
    void aServiceIsNamedBareOrWithItsGroup(String query, String namespace, String group) {
        assertThat(reader.service(said(query))).isEqualTo(new ServiceName(namespace, group, "a"));
    }

    @Test
    void anInstanceHasTheDefaultsOfNacos() {
        Instance instance = reader.instance(said("ip=10.0.0.1&port=8080"));

        assertThat(instance).isEqualTo(Instance.of("10.0.0.1", 8080));
    }

    @Test
    void metadataIsJsonOrPairs() {
        Map<String, String> expected = Map.of("a", "1", "b", "x=y");

        assertThat(reader.metadata("{\"a\":1,\"b\":\"x=y\"}")).isEqualTo(expected);
        assertThat(reader.metadata("a=1,b=x=y")).isEqualTo(expected);
    }

    @Test
    void enableIsAnotherWordForEnabled() {
        assertThat(reader.instance(said("ip=a&port=1&enable=false")).isEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=1                          | Param 'ip' is required.",
                "ip=a                            | Param 'port' is required.",
                "ip=a&port=65536                 | Param 'port' is illegal, the value should be between 0 and 65535.",
                "ip=a&port=http                  | Param 'port' is illegal, the value should be between 0 and 65535.",
                "ip=a%20b&port=1                 | Param 'ip' is illegal, illegal characters should not appear in the param.",
                "ip=a&port=1&clusterName=x@y     | Param 'cluster' is illegal, illegal characters should not appear in the param.",
                "ip=a&port=1&weight=10001        | instance format invalid: The weights range from 0.0 to 10000.0",
                "ip=a&port=1&weight=NaN          | instance format invalid: The weights range from 0.0 to 10000.0",
                "ip=a&port=1&weight=heavy        | instance format invalid: The weights range from 0.0 to 10000.0",
                "ip=a&port=1&healthy=perhaps     | Param 'healthy' is illegal, the value should be true or false.",
                "ip=a&port=1&metadata=bad        | metadata format incorrect:bad",
                "ip=a&port=1&metadata=%7B%22a%22 | metadata format incorrect:{\"a\"",
                "ip=a&port=1&metadata=%7B%22a%22:%7B%7D%7D | metadata format incorrect:{\"a\":{}}",
                "ip=a&port=1&ephemeral=false     | persistent instances are not supported yet (expected: ephemeral=true)",
            })
    void whatIsWrongIsSaidInNacossWords(String query, String text) {
        assertThatThrownBy(() -> reader.instance(said(query)))
                .isInstanceOf(Refusal.class)
                .hasMessage(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groupName=g                        | Param 'serviceName' is required.",
                "serviceName=%E4%BD%A0              | Param 'serviceName' is illegal, illegal characters should not appear in the param.",
                "serviceName=a&groupName=g%2Fh      | Param 'groupName' is illegal, illegal characters should not appear in the param.",
                "serviceName=a&namespaceId=n%20m    | Param 'namespaceId/tenant' is illegal, illegal characters should not appear in the param.",
                "serviceName=g@@@a                  | Param 'serviceName' is illegal, illegal characters should not appear in the param.",
            })
    void namesAreCheckedAsInNacos(String query, String text) {
        assertThatThrownBy(() -> reader.service(said(query))).hasMessage(text);
    }

    @Test
    void namesThatAreTooLongAreRefusedWithTheLimit() {
        Parameters parameters = new Parameters(Map.of("serviceName", "a", "namespaceId", "n".repeat(65)));

        assertThatThrownBy(() -> reader.service(parameters))
                .hasMessage("Param 'namespaceId/tenant' is illegal, the param length should not exceed 64.");
    }
}

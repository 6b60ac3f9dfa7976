// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Words;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected values were computed from the rule in registry.proto, not with this code; SDKs must get the same. */
class DigestTest {

    @Test
    void aPlainInstance() {
        assertThat(Words.at("10.0.0.1:80").digest()).isEqualTo(0xc207178131ce5d6cL);
    }

    @Test
    void anUnhealthyInstance() {
        assertThat(Words.at("10.0.0.1:80").withHealthy(false).digest()).isEqualTo(0xf1e3e74c4061468eL);
    }

    @Test
    void anIpv6AddressInAClusterWithHalfTheWeight() {
        Instance instance = new Instance(new InstanceKey("::1", 65_535, "blue"), 0.5, true, true, Map.of());
        assertThat(instance.digest()).isEqualTo(0xa0fc70cf1533d57cL);
    }

    @Test
    void metadataInAnyOrder() {
        assertThat(Words.at("10.0.0.1:80", Map.of("zone", "a", "version", "1.2"))
                        .digest())
                .isEqualTo(Words.at("10.0.0.1:80", Map.of("version", "1.2", "zone", "a"))
                        .digest())
                .isEqualTo(0x1c77f9c49bd194d2L);
    }

    @Test
    void textThatIsNotAsciiCountsAsUtf8() {
        assertThat(Words.at("10.0.0.1:80", Map.of("区域", "北京", "emoji", "🐓", "é", "ü"))
                        .digest())
                .isEqualTo(0xb1e15495ed6eb4ccL);
    }

    @Test
    void aHostNameThatIsNotAsciiAndEmptyMetadata() {
        Instance instance =
                new Instance(new InstanceKey("bücher.example", 8_080, "DEFAULT"), 10_000, true, true, Map.of("", ""));
        assertThat(instance.digest()).isEqualTo(0x5167422b4655de3cL);
    }

    @Test
    void enabledDoesNotCountBecauseDisabledInstancesAreNotListed() {
        Instance instance = Words.at("10.0.0.1:80");
        assertThat(instance.withEnabled(false).digest()).isEqualTo(instance.digest());
        assertThat(instance.withEnabled(false)).isNotEqualTo(instance);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected values were computed by another program, from the comment in registry.proto alone. */
final class DigestTest {
    @Test
    void ofAPlainInstance() {
        assertThat(Digest.of(Instance.of("10.0.0.7", 8080))).isEqualTo(0x4840e1d306a957c5L);
    }

    @Test
    void ofAnInstanceWithEverything() {
        Instance instance = Instance.builder("::1", 0)
                .cluster("north")
                .weight(0.5)
                .healthy(false)
                .metadata("zone", "Zürich")
                .metadata("emoji", "\uD83D\uDE00")
                .metadata("", "")
                .build();

        assertThat(Digest.of(instance)).isEqualTo(0x9594091ff2cc0e10L);
    }
}

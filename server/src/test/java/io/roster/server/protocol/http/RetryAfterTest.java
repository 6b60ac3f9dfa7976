// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.RegistryException;
import org.junit.jupiter.api.Test;

/** When to try again reaches this wire's refusals. */
class RetryAfterTest {

    @Test
    void anOverloadedServerIsUnavailableForAWhile() {
        RegistryException overloaded =
                RegistryException.of(RegistryException.Code.RESOURCE_EXHAUSTED, "the server is overloaded");
        assertThat(Refusal.of(overloaded).status()).isEqualTo(503);
        assertThat(Refusal.of(overloaded).retryAfterMs()).isZero();
        assertThat(Refusal.of(overloaded.retryAfter(500)).retryAfterMs()).isEqualTo(500);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.Setting;
import io.roster.server.core.RegistryException;
import java.util.Map;
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

    @Test
    void whoKeepsAListByPollingIsRefusedUntilTheServerHasSettledAndThoseWhoOnlyAskAreNot() {
        String list = "/v1/ns/instance/list?serviceName=s";
        try (HttpServer server = HttpServer.start(Map.of(Setting.SHUTDOWN_GRACE, 0))) {
            HttpServer.Answer poll = server.get(list + "&udpPort=12345");
            assertThat(poll.status()).isEqualTo(503);
            assertThat(poll.body()).contains("just started");
            assertThat(poll.whole().headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 10L);
            assertThat(server.get(list).status()).isEqualTo(200);
        }
        try (HttpServer server = HttpServer.start(Map.of(Setting.SETTLING, 0))) {
            assertThat(server.get(list + "&udpPort=12345").status()).isEqualTo(200);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class RosterClientBuilderTest {
    private static final ServerAddress LOCAL = new ServerAddress("127.0.0.1", 9848);

    @Test
    void allDefaults() {
        assertThat(RosterClient.builder().servers("127.0.0.1:9848").settings())
                .isEqualTo(new ClientSettings(
                        List.of(LOCAL),
                        "",
                        "public",
                        Map.of(),
                        5_000,
                        5_000,
                        ClientSettings.Lifetime.CONNECTION,
                        null,
                        new Identity.Unsaid()));
    }

    @Test
    void allSet() {
        Executor executor = Runnable::run;

        ClientSettings settings = RosterClient.builder()
                .servers("127.0.0.1:9848", "registry:1")
                .app("shop")
                .namespace("blue")
                .label("zone", "z1")
                .timeout(Duration.ofMillis(250))
                .grace(Duration.ofMillis(750))
                .heartbeats()
                .listenerExecutor(executor)
                .credentials("alice", "hunter2")
                .settings();

        assertThat(settings)
                .isEqualTo(new ClientSettings(
                        List.of(LOCAL, new ServerAddress("registry", 1)),
                        "shop",
                        "blue",
                        Map.of("zone", "z1"),
                        250,
                        750,
                        ClientSettings.Lifetime.HEARTBEATS,
                        executor,
                        new Identity.Password("alice", "hunter2")));
        assertThat(settings.toString()).contains("alice").doesNotContain("hunter2");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> RosterClient.builder().build())
                .hasMessage("INVALID_ARGUMENT: servers: [] (expected: at least one)");
        assertThatThrownBy(() -> RosterClient.builder()
                        .servers("127.0.0.1:9848")
                        .timeout(Duration.ZERO)
                        .build())
                .hasMessage("INVALID_ARGUMENT: timeout: 0 ms (expected: > 0)");
        assertThatThrownBy(() -> RosterClient.builder()
                        .servers("127.0.0.1:9848")
                        .grace(Duration.ofMillis(-1))
                        .build())
                .hasMessage("INVALID_ARGUMENT: grace: -1 ms (expected: >= 0)");
        assertThatThrownBy(() -> RosterClient.builder().tls(Path.of("no", "such", "file.pem")))
                .isInstanceOf(RosterException.class)
                .hasMessageContaining("file.pem", "files in PEM");
    }
}

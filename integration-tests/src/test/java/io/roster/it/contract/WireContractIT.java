// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roster.server.RosterServer;
import io.roster.server.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every wire promises, whatever it looks like, and that they are wires to one registry. */
class WireContractIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private static RosterServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RosterServer.builder()
                .port(0)
                .set(Setting.SETTLING, 0)
                .set(Setting.HEARTBEAT_INTERVAL, 500)
                .set(Setting.HEARTBEAT_TIMEOUT, 3_000)
                .set(Setting.DELETE_TIMEOUT, 5_000)
                .set(Setting.SWEEP_PERIOD, 250)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void anAcknowledgedRegistrationIsInEveryListFromThenOn(Wire wire) {
        String service = service();
        try (Peer provider = wire.connect(server);
                Peer consumer = wire.connect(server)) {
            assertThat(consumer.list(service)).isEmpty();
            provider.register(service, "10.0.0.1", 80, Map.of("zone", "a", "city", "Zürich"));
            assertThat(consumer.list(service)).containsExactly("10.0.0.1:80");
            assertThat(consumer.metadata(service, "10.0.0.1", 80))
                    .containsEntry("zone", "a")
                    .containsEntry("city", "Zürich");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void registeringTwiceIsRegisteringOnce(Wire wire) {
        String service = service();
        try (Peer provider = wire.connect(server)) {
            provider.register(service, "10.0.0.1", 80, Map.of());
            provider.register(service, "10.0.0.1", 80, Map.of("v", "2"));
            assertThat(provider.list(service)).containsExactly("10.0.0.1:80");
            assertThat(provider.metadata(service, "10.0.0.1", 80)).containsEntry("v", "2");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whatIsDeregisteredIsGoneWithItsAcknowledgement(Wire wire) {
        String service = service();
        try (Peer provider = wire.connect(server)) {
            provider.register(service, "10.0.0.1", 80, Map.of());
            provider.deregister(service, "10.0.0.1", 80);
            assertThat(provider.list(service)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void aBadPortIsRefusedAndChangesNothing(Wire wire) {
        String service = service();
        try (Peer provider = wire.connect(server)) {
            assertThatThrownBy(() -> provider.register(service, "10.0.0.1", 70_000, Map.of()))
                    .isInstanceOf(Peer.Refused.class)
                    .hasMessageContaining("65535");
            assertThat(provider.list(service)).isEmpty();
            provider.register(service, "10.0.0.1", 80, Map.of());
            assertThat(provider.list(service)).containsExactly("10.0.0.1:80");
        }
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Wire.values())
                .flatMap(from -> Arrays.stream(Wire.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairs")
    void whatIsPublishedOnOneWireIsHeardOnTheOther(Wire from, Wire to) {
        String service = service();
        try (Peer provider = from.connect(server);
                Peer other = from.connect(server);
                Peer consumer = to.connect(server)) {
            Peer.Watching list = consumer.watch(service);
            provider.register(service, "10.0.0.1", 80, Map.of());
            awaitList(list, "10.0.0.1:80");
            other.register(service, "10.0.0.2", 80, Map.of());
            awaitList(list, "10.0.0.1:80", "10.0.0.2:80");
            provider.deregister(service, "10.0.0.1", 80);
            awaitList(list, "10.0.0.2:80");
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void whatAPeerPublishedGoesWhenItDies(Wire wire) {
        String service = service();
        try (Peer provider = wire.connect(server);
                Peer survivor = wire.connect(server);
                Peer consumer = Wire.NATIVE_STREAM.connect(server)) {
            Peer.Watching list = consumer.watch(service);
            provider.register(service, "10.0.0.1", 80, Map.of());
            survivor.register(service, "10.0.0.2", 80, Map.of());
            awaitList(list, "10.0.0.1:80", "10.0.0.2:80");
            provider.die();
            awaitList(list, "10.0.0.2:80");
        }
    }

    private static void awaitList(Peer.Watching list, String... expected) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(list.current()).isEqualTo(Set.of(expected)));
    }

    private static String service() {
        return "contract-" + SERIAL.incrementAndGet();
    }
}

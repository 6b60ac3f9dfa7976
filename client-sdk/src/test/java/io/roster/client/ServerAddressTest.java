// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9848", "registry.example:1", "[::1]:65535"})
    void readsAndWritesTheSame(String text) {
        assertThat(ServerAddress.parse(text)).hasToString(text);
    }

    @Test
    void anIpv6AddressIsFreedOfItsBrackets() {
        assertThat(ServerAddress.parse("[::1]:9848").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", ":9848", "localhost:", "localhost:0", "localhost:65536", "::1:9848", "a:b"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(RosterException.class)
                .hasMessageContaining("server: " + text + " (expected: host:port");
    }

    @Test
    void serversAreTakenInTurn() {
        List<ServerAddress> three = List.of(at(1), at(2), at(3));

        ServerAddresses addresses = new ServerAddresses(three, new Random(1));

        assertThat(List.of(addresses.next(), addresses.next(), addresses.next()))
                .containsExactlyInAnyOrderElementsOf(three);
        assertThat(addresses.haveAnother()).isTrue();
    }

    private static ServerAddress at(int port) {
        return new ServerAddress("localhost", port);
    }
}

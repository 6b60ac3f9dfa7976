// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientManagerTest {

    private static final ClientInfo INFO = new ClientInfo("test", "127.0.0.1:1", "", "", Map.of(), 0);

    private final List<String> released = new ArrayList<>();
    private final ClientManager clients =
            new ClientManager(3, (client, departure) -> released.add(client + " " + departure));

    @Test
    void ofAllTheWaysAClientEndsOneWins() {
        ConnectionBasedClient client = new ConnectionBasedClient("a", INFO, 0);
        assertThat(clients.open(client)).isTrue();
        clients.close(client, Departure.GOODBYE, "it said goodbye");
        clients.close(client, Departure.LOST, "its stream broke");
        assertThat(released).containsExactly("a GOODBYE");
        assertThat(clients.find("a")).isNull();
    }

    @Test
    void aLateCloseLeavesTheSuccessorOfTheSameIdAlone() {
        ConnectionBasedClient former = new ConnectionBasedClient("a", INFO, 0);
        ConnectionBasedClient successor = new ConnectionBasedClient("a", INFO, 0);
        clients.open(former);
        clients.close(former, Departure.LOST, "gone");
        clients.open(successor);
        clients.close(former, Departure.LOST, "gone again");
        assertThat(clients.find("a")).isSameAs(successor);
    }

    @Test
    void twoLivingClientsCannotHaveOneId() {
        assertThat(clients.open(new ConnectionBasedClient("a", INFO, 0))).isTrue();
        assertThat(clients.open(new ConnectionBasedClient("a", INFO, 0))).isFalse();
    }

    @Test
    void soManyMayBeHereAtOnce() {
        clients.open(new ConnectionBasedClient("a", INFO, 0));
        clients.open(new ConnectionBasedClient("b", INFO, 0));
        assertThat(clients.ipPort("10.0.0.1", 80, INFO, 0)).isNotNull();
        assertThat(clients.open(new ConnectionBasedClient("c", INFO, 0))).isFalse();
        assertThat(clients.ipPort("10.0.0.2", 80, INFO, 0)).isNull();
        assertThat(clients.ipPort("10.0.0.1", 80, INFO, 0)).isNotNull();
        assertThat(clients.count()).isEqualTo(3);
    }

    @Test
    void anAddressIsOneClientWhoeverSpeaksForIt() {
        Client client = clients.ipPort("10.0.0.1", 80, INFO, 0);
        assertThat(clients.ipPort("10.0.0.1", 80, INFO, 5)).isSameAs(client);
        assertThat(clients.find("10.0.0.1:80#true"))
                .isSameAs(client)
                .satisfies(found ->
                        assertThat(found == null ? -1 : found.lastActiveMs()).isEqualTo(5));
    }

    @Test
    void anIdleAddressThatPublishesNothingIsForgotten() {
        clients.ipPort("10.0.0.1", 80, INFO, 0);
        clients.forgetIdleAddresses(ClientManager.IDLE_MS - 1);
        assertThat(clients.count()).isEqualTo(1);
        clients.forgetIdleAddresses(ClientManager.IDLE_MS);
        assertThat(clients.count()).isZero();
    }

    @Test
    void aPublishingAddressIsNotForgottenHoweverIdle() {
        IpPortBasedClient client = clients.ipPort("10.0.0.1", 80, INFO, 0);
        Publication publication = new Claim();
        assertThat(client == null ? null : client.add(publication)).isEqualTo(true);
        clients.forgetIdleAddresses(1_000_000);
        assertThat(clients.count()).isEqualTo(1);
    }

    @Test
    void anIdleStreamIsNotForgotten() {
        clients.open(new ConnectionBasedClient("a", INFO, 0));
        clients.forgetIdleAddresses(1_000_000);
        assertThat(clients.count()).isEqualTo(1);
    }

    @Test
    void anAddressThatWasForgottenTakesNothingMoreAndItsSuccessorDoes() {
        IpPortBasedClient former = clients.ipPort("10.0.0.1", 80, INFO, 0);
        clients.forgetIdleAddresses(ClientManager.IDLE_MS);
        IpPortBasedClient successor = clients.ipPort("10.0.0.1", 80, INFO, 40_000);
        assertThat(former == null ? null : former.add(new Claim())).isEqualTo(false);
        assertThat(successor == null ? null : successor.add(new Claim())).isEqualTo(true);
    }

    @Test
    void clientsAreListedInTheOrderOfTheirIds() {
        clients.open(new ConnectionBasedClient("b", INFO, 0));
        clients.open(new ConnectionBasedClient("c", INFO, 0));
        clients.open(new ConnectionBasedClient("a", INFO, 0));
        assertThat(clients.after("a")).extracting(Client::id).containsExactly("b", "c");
    }

    /** Something to publish. */
    private static final class Claim implements Publication {
        @Override
        public Object group() {
            return "a service";
        }
    }
}

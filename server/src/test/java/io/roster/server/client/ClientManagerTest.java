// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.loop.ManualLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientManagerTest {

    private static final ClientInfo INFO = new ClientInfo("test", "127.0.0.1:1", "", "", Map.of(), 0);

    private final ManualLoops loops = new ManualLoops(1);
    private final List<String> released = new ArrayList<>();
    private final ClientManager clients = new ClientManager(
            3, (client, departure) -> released.add(client + " " + departure), new Pauses(List.of(), 0));

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
    void ofVeryManyIdleAddressesSomeAreForgottenEachTime() {
        ClientManager roomy = new ClientManager(100_000, (client, departure) -> {}, new Pauses(loops.all(), 10_000));
        for (int port = 1; port <= 50_000; port++) {
            roomy.ipPort("10.0.0.1", port, INFO, 0);
        }
        roomy.forgetIdleAddresses(ClientManager.IDLE_MS);
        assertThat(roomy.count()).isEqualTo(30_000);
        roomy.forgetIdleAddresses(ClientManager.IDLE_MS);
        roomy.forgetIdleAddresses(ClientManager.IDLE_MS);
        assertThat(roomy.count()).isZero();
    }

    @Test
    void clientsAreListedInTheOrderOfTheirIds() {
        clients.open(new ConnectionBasedClient("b", INFO, 0));
        clients.open(new ConnectionBasedClient("c", INFO, 0));
        clients.open(new ConnectionBasedClient("a", INFO, 0));
        assertThat(clients.after("a")).extracting(Client::id).containsExactly("b", "c");
    }

    @Test
    void ofManyStreamsThatTakeOverAndBreakAtOnceOneHasTheClientOrNobodyDoes() throws Exception {
        for (int round = 0; round < 300; round++) {
            SessionHash session = SessionHash.of(clients.newSession());
            Stream first = new Stream();
            ConnectionBasedClient client = new ConnectionBasedClient("a", INFO, 0, session, first, 5_000);
            client.add(new Claim());
            clients.open(client);
            List<Stream> streams = List.of(new Stream(), new Stream(), new Stream());
            List<Thread> threads = new ArrayList<>();
            threads.add(new Thread(() -> clients.lost(client, first, loops.get(0), "broke")));
            streams.forEach(stream -> threads.add(new Thread(() -> {
                stream.has = clients.takeOver(session, stream, INFO, 5_000, stream.alone::countDown) == client;
            })));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(streams).allMatch(stream -> stream.has);
            assertThat(streams.stream().filter(stream -> !stream.gaveWay)).hasSize(1);
            for (Stream stream : streams) {
                assertThat(stream.alone.await(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(client.suspendedSinceMs()).isNull();
            loops.advance(10_000);
            assertThat(clients.find("a")).isSameAs(client);
            clients.close(client, Departure.GOODBYE, "the round is over");
            assertThat(loops.get(0).timers()).isZero();
        }
    }

    /** Something to publish. */
    private static final class Claim implements Publication {
        @Override
        public Object group() {
            return "a service";
        }
    }

    /** A stream that gives way at once. */
    private static final class Stream implements Holder {

        private final CountDownLatch alone = new CountDownLatch(1);
        private volatile boolean has;
        private volatile boolean gaveWay;

        @Override
        public void giveWay(Runnable then) {
            gaveWay = true;
            then.run();
        }
    }
}

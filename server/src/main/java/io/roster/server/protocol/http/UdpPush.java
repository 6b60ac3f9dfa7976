// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.roster.server.client.Client;
import io.roster.server.client.ClientManager;
import io.roster.server.core.Limits;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells lists by UDP to clients of the 1.x protocol, which subscribe by asking for a list and polling again (spec 6.4).
 * Datagrams go only to the address that the request's connection comes from: sent to the {@code clientIP} that a request
 * names, they would make this server shoot at third parties on anybody's behalf.
 *
 * <p>Thread: {@link #subscribe}, {@link #forget} and {@link #close} any; the rest is confined to one push loop. The socket is
 * opened for the first subscriber.
 */
final class UdpPush implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UdpPush.class);

    /** Clients poll one cache time after each answer; this much later the answer has come and the next poll is here. */
    private static final long GRACE_MS = 5_000;

    private static final long TICK_MS = 500;

    /** Acknowledgements looked at in one tick; what is more waits in the socket, and at worst costs one repetition. */
    private static final int ACKS_PER_TICK = 1_000;

    private static final int MAX_ACK_BYTES = 512;
    private static final TypeReference<PushAck> ACK = new TypeReference<>() {};

    private final Fanout fanout;
    private final EventLoop loop;
    private final InetSocketAddress from;
    private final int maxSubscriptions;
    private final Limits limits;
    private final Switches switches;
    private final Addresses addresses;

    /** Names datagrams. JavaScript clients can hold it exactly. */
    private final AtomicLong serial = new AtomicLong(System.currentTimeMillis());

    private final Map<Key, UdpSubscription> subscriptions = new HashMap<>();
    private final ByteBuffer incoming = ByteBuffer.allocate(MAX_ACK_BYTES);
    private @Nullable DatagramChannel channel;
    private EventLoop.@Nullable Timer ticks;

    /** What a subscription is found by. */
    private record Key(InetSocketAddress target, ServiceName service, Selection selection) {}

    /** What a client answers a datagram with. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PushAck(@Nullable String type, long lastRefTime) {}

    /**
     * @param from the address to send from
     * @param maxSubscriptions further ones are left to poll
     */
    UdpPush(
            Fanout fanout,
            ClientManager clients,
            Limits limits,
            Switches switches,
            InetSocketAddress from,
            int maxSubscriptions) {
        this.fanout = fanout;
        this.loop = fanout.loop();
        this.limits = limits;
        this.switches = switches;
        this.addresses = new Addresses(clients);
        this.from = from;
        this.maxSubscriptions = maxSubscriptions;
    }

    /**
     * Tells the requester from now on what is newer than {@code have}, until it has not asked for a while.
     *
     * @param udpPort where it listens
     */
    void subscribe(Exchange exchange, int udpPort, ServiceName service, Selection selection, long have) {
        InetSocketAddress target = new InetSocketAddress(exchange.peer().getAddress(), udpPort);
        Client client = addresses.client(target.getAddress().getHostAddress(), udpPort, exchange, loop.nowMs());
        // An overloaded loop drops it: the client polls again.
        boolean unused = loop.offer(() -> subscribe(target, client, service, selection, have));
    }

    /** The same on the loop. */
    void subscribe(InetSocketAddress target, Client client, ServiceName service, Selection selection, long have) {
        assert loop.inLoop();
        Key key = new Key(target, service, selection);
        UdpSubscription present = subscriptions.get(key);
        if (present != null) {
            present.renew(loop.nowMs());
            return;
        }
        if (subscriptions.size() >= maxSubscriptions) {
            log.debug(
                    "{} is left to poll {}: max-udp-subscribers {} reached", key.target, key.service, maxSubscriptions);
            return;
        }
        UdpSubscription made = new UdpSubscription(this, key.target, loop.nowMs());
        UdpEncoder encoder = new UdpEncoder(key.selection, switches.cacheMs(), limits, serial::incrementAndGet);
        made.hear(fanout.open(client, encoder, made), key.service, key.selection.view(), have);
        subscriptions.put(key, made);
        if (ticks == null) {
            ticks = loop.every(TICK_MS, this::tick);
        }
    }

    /**
     * What callers may do has changed, and who asked is not remembered: tells nobody anything until they poll again, which is
     * when they are judged. Any thread.
     */
    void forget() {
        loop.execute(() -> {
            subscriptions.values().forEach(UdpSubscription::end);
            subscriptions.clear();
        });
    }

    boolean pushes() {
        return switches.pushes();
    }

    long nowMs() {
        return loop.nowMs();
    }

    /** Sends a datagram; one that the system has no room for is repeated like one that is lost. */
    void send(InetSocketAddress target, byte[] bytes) {
        try {
            open().send(ByteBuffer.wrap(bytes), target);
        } catch (IOException failure) {
            log.debug("datagram to {} not sent: {}", target, failure.toString());
        }
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel present = channel;
        if (present == null) {
            present = DatagramChannel.open();
            present.bind(from);
            present.configureBlocking(false);
            channel = present;
        }
        return present;
    }

    private void tick() {
        hearAcks();
        long nowMs = loop.nowMs();
        long lifeMs = switches.cacheMs() + GRACE_MS;
        for (Map.Entry<Key, UdpSubscription> entry : new ArrayList<>(subscriptions.entrySet())) {
            if (entry.getValue().isOver(nowMs, lifeMs)) {
                subscriptions.remove(entry.getKey());
                entry.getValue().end();
            } else {
                entry.getValue().repeatIfLost(nowMs);
            }
        }
        if (subscriptions.isEmpty() && ticks != null) {
            ticks.cancel();
            ticks = null;
        }
    }

    private void hearAcks() {
        DatagramChannel present = channel;
        if (present == null) {
            return;
        }
        try {
            for (int i = 0; i < ACKS_PER_TICK; i++) {
                incoming.clear();
                SocketAddress source = present.receive(incoming);
                if (source == null) {
                    return;
                }
                hearAck(source, StandardCharsets.UTF_8.decode(incoming.flip()).toString());
            }
        } catch (IOException failure) {
            log.debug("acknowledgements not received: {}", failure.toString());
        }
    }

    private void hearAck(SocketAddress source, String text) {
        try {
            long id = Json.read(text, ACK).lastRefTime();
            subscriptions.values().stream()
                    .filter(each -> each.isAwaiting(source, id))
                    .findAny()
                    .ifPresent(UdpSubscription::acknowledged);
        } catch (JsonProcessingException noAck) {
            log.debug("{} sent what is no acknowledgement", source);
        }
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (ticks != null) {
                ticks.cancel();
            }
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }
}

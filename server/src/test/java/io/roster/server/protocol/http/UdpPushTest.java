// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ClientManager;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Pauses;
import io.roster.server.core.Ack;
import io.roster.server.core.Instance;
import io.roster.server.core.Limits;
import io.roster.server.core.Registry;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.ManualEventLoop;
import io.roster.server.loop.ManualLoops;
import io.roster.server.push.Fanout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time is turned by hand; the datagrams are real. */
class UdpPushTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ServiceName SERVICE = new ServiceName("public", "G", "s");
    private static final Selection ALL = new Selection("", false);

    private final ManualLoops loops = new ManualLoops(1);
    private final ManualEventLoop loop = loops.get(0);
    private final Registry registry = new Registry(List.of(loop), Limits.DEFAULT, 1);
    private final ClientManager clients = new ClientManager(10, registry::release, new Pauses(List.of(), 0));
    private final ConnectionBasedClient publisher = client("p");
    private final Switches switches = new Switches(true, 5_000);
    private final UdpPush push = new UdpPush(
            new Fanout(registry, loop),
            clients,
            Limits.DEFAULT,
            switches,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            2);
    private DatagramSocket reader;

    @BeforeEach
    void open() throws IOException {
        reader = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        reader.setSoTimeout(5_000);
    }

    @AfterEach
    void close() {
        reader.close();
        push.close();
        loop.runUntilIdle();
    }

    private static ConnectionBasedClient client(String id) {
        return new ConnectionBasedClient(id, new ClientInfo("test", id, "", "", Map.of(), 0), 0);
    }

    private void subscribe() {
        loop.runHere(() -> push.subscribe(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), reader.getLocalPort()),
                client("r"),
                SERVICE,
                ALL,
                registry.snapshot(SERVICE).revision()));
    }

    private void publish(int instances) {
        List<Instance> all = new ArrayList<>();
        for (int i = 1; i <= instances; i++) {
            all.add(Instance.of("10.0.0." + i, 80));
        }
        registry.replace(publisher, SERVICE, all, Ack.NONE);
        loop.runUntilIdle();
    }

    private DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        reader.receive(packet);
        return packet;
    }

    private static JsonNode frame(DatagramPacket packet) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(packet.getData(), 0, packet.getLength());
        boolean compressed = packet.getData()[0] == 0x1f;
        return compressed ? JSON.readTree(new GZIPInputStream(bytes)) : JSON.readTree(bytes);
    }

    private void acknowledge(DatagramPacket packet) throws IOException {
        String ack = "{\"type\":\"push-ack\",\"lastRefTime\":" + frame(packet).get("lastRefTime") + ",\"data\":\"\"}";
        byte[] bytes = ack.getBytes(StandardCharsets.UTF_8);
        reader.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
    }

    private void hearNothing() throws IOException {
        reader.setSoTimeout(50);
        assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
        reader.setSoTimeout(5_000);
    }

    @Test
    void eachChangeIsOneFrameWithTheListAsText() throws IOException {
        subscribe();
        publish(1);

        JsonNode frame = frame(receive());
        assertThat(frame.get("type").asText()).isEqualTo("dom");
        assertThat(frame.get("lastRefTime").asLong()).isLessThan(1L << 53);
        JsonNode list = JSON.readTree(frame.get("data").asText());
        assertThat(list.get("name").asText()).isEqualTo("G@@s");
        assertThat(list.get("clusters").asText()).isEmpty();
        assertThat(list.get("hosts")).hasSize(1);
        hearNothing();
    }

    @Test
    void longerFramesAreCompressed() throws IOException {
        subscribe();
        publish(20);

        DatagramPacket packet = receive();
        assertThat(packet.getData()).startsWith(0x1f, 0x8b);
        assertThat(JSON.readTree(frame(packet).get("data").asText()).get("hosts"))
                .hasSize(20);
    }

    @Test
    void whatIsNotAcknowledgedIsRepeatedOnce() throws IOException {
        subscribe();
        publish(1);
        JsonNode first = frame(receive());

        loops.advance(9_400);
        hearNothing();
        loops.advance(1_200);
        assertThat(frame(receive())).isEqualTo(first);
        subscribe();
        loops.advance(12_000);
        hearNothing();
    }

    @Test
    void whatIsAcknowledgedIsNotRepeated() throws IOException {
        subscribe();
        publish(1);
        acknowledge(receive());

        loops.advance(12_000);
        hearNothing();
    }

    @Test
    void aReaderThatStopsAskingIsForgotten() throws IOException {
        subscribe();
        loops.advance(14_000);
        subscribe();
        loops.advance(14_000);
        publish(1);
        receive();

        loops.advance(2_000);
        assertThat(loop.timers()).as("nobody is left to look after").isZero();
        publish(2);
        hearNothing();
    }

    @Test
    void whenGrantsChangeNobodyIsToldBeforeTheNextPoll() throws IOException {
        subscribe();
        push.forget();
        loop.runUntilIdle();
        publish(1);
        hearNothing();

        subscribe();
        publish(2);
        assertThat(frame(receive()).get("data").asText()).contains("10.0.0.2");
    }

    @Test
    void pastTheLimitReadersAreLeftToPoll() throws IOException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), reader.getLocalPort());
        for (String name : List.of("a", "b", "s")) {
            loop.runHere(() -> push.subscribe(target, client("r"), new ServiceName("public", "G", name), ALL, 0));
        }
        publish(1);

        hearNothing();
    }

    @Test
    void pushingCanBeSwitchedOff() throws IOException {
        switches.turn("pushEnabled", "false");
        subscribe();
        publish(1);

        hearNothing();
    }
}

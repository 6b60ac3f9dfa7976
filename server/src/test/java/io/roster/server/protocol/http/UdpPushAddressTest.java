// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.Setting;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpPushAddressTest {

    @Test
    void datagramsGoWhereTheConnectionComesFromWhateverTheRequestSays() throws IOException {
        try (HttpServer server = HttpServer.start(Map.of(Setting.SETTLING, 0));
                DatagramSocket requester = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket victim = new DatagramSocket(
                        requester.getLocalPort(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
            requester.setSoTimeout(5_000);
            victim.setSoTimeout(50);
            server.get("/v1/ns/instance/list?serviceName=s&clientIP=127.0.0.2&udpPort=" + requester.getLocalPort());
            server.post("/v1/ns/instance?serviceName=s&ip=1.1.1.1&port=1");

            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            requester.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .contains("1.1.1.1");
            assertThatThrownBy(() -> victim.receive(packet)).isInstanceOf(SocketTimeoutException.class);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Those who connect to the gRPC port and speak no gRPC, as port scanners and probes of load balancers do. */
final class Strangers {

    /** Nothing, another protocol, half of the right one, rubbish. */
    private static final List<String> WORDS =
            List.of("", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n", "\0\1\2\3\4\5\6\7");

    private Strangers() {}

    /** Has so many come: some go at once, some only when the time is up. */
    static void visit(int port, int count, long lengthMs) throws InterruptedException {
        List<Socket> staying = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port);
                staying.add(stranger);
                stranger.getOutputStream().write(WORDS.get(i % WORDS.size()).getBytes(US_ASCII));
                if (i % 3 == 0) {
                    stranger.close();
                }
            } catch (IOException away) {
                // The server has closed it, or is not there: strangers do not mind.
            }
        }
        TimeUnit.MILLISECONDS.sleep(lengthMs);
        for (Socket stranger : staying) {
            try {
                stranger.close();
            } catch (IOException gone) {
                // Then it is closed.
            }
        }
    }
}

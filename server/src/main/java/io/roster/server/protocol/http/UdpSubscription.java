// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.push.Outbox;
import io.roster.server.push.Pipe;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One list told to one address by UDP. A datagram that is not acknowledged is repeated once; a newer list takes the place
 * of an older one that is still awaited. Confined to the loop of its {@link UdpPush}.
 */
final class UdpSubscription implements Pipe {

    private static final long ACK_TIMEOUT_MS = 10_000;

    private final UdpPush push;
    private final InetSocketAddress target;
    private @Nullable Outbox outbox;
    private long renewedAtMs;
    private @Nullable UdpDatagram awaited;
    private long sentAtMs;
    private boolean repeated;

    UdpSubscription(UdpPush push, InetSocketAddress target, long nowMs) {
        this.push = push;
        this.target = target;
        this.renewedAtMs = nowMs;
    }

    void hear(Outbox opened, ServiceName service, View view, long have) {
        outbox = opened;
        opened.subscribe(service, view, have);
        opened.tell(service, view);
    }

    void renew(long nowMs) {
        renewedAtMs = nowMs;
    }

    boolean isOver(long nowMs, long lifeMs) {
        return nowMs - renewedAtMs > lifeMs;
    }

    void end() {
        if (outbox != null) {
            outbox.close();
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void send(Object message) {
        UdpDatagram datagram = (UdpDatagram) message;
        if (!push.pushes() || datagram.isTooLarge()) {
            awaited = null;
            return;
        }
        awaited = datagram;
        repeated = false;
        transmit(datagram);
    }

    /** A datagram is never waited for. */
    @Override
    public void giveUp(String reason) {
        end();
    }

    private void transmit(UdpDatagram datagram) {
        sentAtMs = push.nowMs();
        push.send(target, datagram.bytes());
    }

    boolean isAwaiting(SocketAddress source, long id) {
        return awaited != null && awaited.id() == id && target.equals(source);
    }

    void acknowledged() {
        awaited = null;
    }

    void repeatIfLost(long nowMs) {
        UdpDatagram lost = awaited;
        if (lost == null || nowMs - sentAtMs < ACK_TIMEOUT_MS) {
            return;
        }
        if (repeated) {
            awaited = null;
        } else {
            repeated = true;
            transmit(lost);
        }
    }
}

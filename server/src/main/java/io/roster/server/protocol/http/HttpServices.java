// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The calls of the main port and where each is found. Thread: any. */
public final class HttpServices implements AutoCloseable {

    private final HttpContext context;
    private final String contextPath;

    /**
     * Puts the wire before a registry.
     *
     * @param contextPath where the Nacos APIs begin: empty, or {@code /} and a path
     * @param udpFrom the address that lists are told from by UDP, as Nacos 1.x does
     * @param maxUdpSubscribers how many lists are told by UDP; further readers are left to poll
     * @param access who may do what
     * @param settling whether clients of the life before may still return
     * @param nowMs the server's monotonic clock
     * @param ready whether the server serves and is not stopping
     */
    public HttpServices(
            String contextPath,
            InetSocketAddress udpFrom,
            int maxUdpSubscribers,
            Registry registry,
            ClientManager clients,
            Fanouts fanouts,
            AccessControl access,
            Switches switches,
            Settling settling,
            LongSupplier nowMs,
            BooleanSupplier ready,
            String version) {
        this.contextPath = contextPath;
        UdpPush udp =
                new UdpPush(fanouts.all().get(0), clients, registry.limits(), switches, udpFrom, maxUdpSubscribers);
        access.whenChanged(udp::forget);
        this.context = new HttpContext(
                registry,
                clients,
                fanouts,
                new FormReader(registry.limits()),
                access,
                switches,
                settling,
                udp,
                nowMs,
                ready,
                version);
    }

    Doorkeeper doorkeeper() {
        return new Doorkeeper(context.access(), context.reader());
    }

    Routes routes() {
        Routes routes = new Routes();
        new ServerRoutes(context).addTo(routes, contextPath);
        new NamingRoutes(context).addTo(routes, contextPath);
        return routes;
    }

    /** Tells nobody anything by UDP any more. */
    @Override
    public void close() {
        context.udp().close();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.ClientManager;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The calls of the main port and where each is found. Thread: any. */
public final class HttpServices {

    private final HttpContext context;
    private final String contextPath;

    /**
     * Puts the wire before a registry.
     *
     * @param contextPath where the Nacos APIs begin: empty, or {@code /} and a path
     * @param nowMs the server's monotonic clock
     * @param ready whether the server serves and is not stopping
     */
    public HttpServices(
            String contextPath,
            Registry registry,
            ClientManager clients,
            Fanouts fanouts,
            Switches switches,
            UdpPush udp,
            LongSupplier nowMs,
            BooleanSupplier ready,
            String version) {
        this.contextPath = contextPath;
        this.context = new HttpContext(
                registry, clients, fanouts, new FormReader(registry.limits()), switches, udp, nowMs, ready, version);
    }

    Routes routes() {
        Routes routes = new Routes();
        HealthCalls health = new HealthCalls(context);
        routes.group("/health", Dialect.PLAIN).get("/live", health::live).get("/ready", health::ready);
        new NamingRoutes(context).addTo(routes, contextPath);
        return routes;
    }
}

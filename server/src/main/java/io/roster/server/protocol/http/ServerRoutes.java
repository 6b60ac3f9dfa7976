// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** What is served beside the naming APIs: health, state, login. */
final class ServerRoutes {

    private final HealthCalls health;
    private final ServerCalls server;
    private final ConsoleCalls console;

    ServerRoutes(HttpContext context) {
        this.health = new HealthCalls(context);
        this.server = new ServerCalls(context);
        this.console = new ConsoleCalls(context);
    }

    void addTo(Routes routes, String contextPath) {
        routes.group("/health", Dialect.PLAIN).get("/live", health::live).get("/ready", health::ready);
        routes.group(contextPath + "/v1", Dialect.PLAIN)
                .get("/console/health/liveness", console::live)
                .get("/console/health/readiness", console::ready)
                .get("/console/namespaces", console::namespaces)
                .get("/console/server/state", server::state)
                .get("/core/cluster/nodes", server::memberList)
                .post("/auth/login", console::login)
                .post("/auth/users/login", console::login);
        routes.group(contextPath + "/v2", Dialect.WRAPPED)
                .get("/console/health/liveness", console::live)
                .get("/console/health/readiness", console::ready)
                .get("/console/namespace/list", console::namespacesWrapped)
                .get("/core/cluster/node/self", server::self)
                .get("/core/cluster/node/list", server::memberList);
        routes.group(contextPath + "/v3", Dialect.WRAPPED)
                .post("/auth/user/login", console::login)
                .get("/admin/core/state", server::state)
                .get("/admin/core/state/liveness", console::live)
                .get("/admin/core/state/readiness", console::ready)
                .get("/admin/core/namespace/list", console::namespacesWrapped)
                .get("/admin/core/cluster/node/self", server::self)
                .get("/admin/core/cluster/node/list", server::memberList);
    }
}

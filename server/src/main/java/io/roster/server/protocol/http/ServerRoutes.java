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
        routes.group("/health", Dialect.PLAIN)
                .get("/live", Need.NOTHING, health::live)
                .get("/ready", Need.NOTHING, health::ready);
        routes.group(contextPath + "/v1", Dialect.PLAIN)
                .get("/console/health/liveness", Need.NOTHING, console::live)
                .get("/console/health/readiness", Need.NOTHING, console::ready)
                .get("/console/namespaces", Need.READ_SOMETHING, console::namespaces)
                .get("/console/server/state", Need.READ_SOMETHING, server::state)
                .get("/core/cluster/nodes", Need.READ_SOMETHING, server::memberList)
                .post("/auth/login", Need.NOTHING, console::login)
                .post("/auth/users/login", Need.NOTHING, console::login);
        routes.group(contextPath + "/v2", Dialect.WRAPPED)
                .get("/console/health/liveness", Need.NOTHING, console::live)
                .get("/console/health/readiness", Need.NOTHING, console::ready)
                .get("/console/namespace/list", Need.READ_SOMETHING, console::namespacesWrapped)
                .get("/core/cluster/node/self", Need.READ_SOMETHING, server::self)
                .get("/core/cluster/node/list", Need.READ_SOMETHING, server::memberList);
        routes.group(contextPath + "/v3", Dialect.WRAPPED)
                .post("/auth/user/login", Need.NOTHING, console::login)
                .get("/admin/core/state", Need.READ_SOMETHING, server::state)
                .get("/admin/core/state/liveness", Need.NOTHING, console::live)
                .get("/admin/core/state/readiness", Need.NOTHING, console::ready)
                .get("/admin/core/namespace/list", Need.READ_SOMETHING, console::namespacesWrapped)
                .get("/admin/core/cluster/node/self", Need.READ_SOMETHING, server::self)
                .get("/admin/core/cluster/node/list", Need.READ_SOMETHING, server::memberList);
    }
}

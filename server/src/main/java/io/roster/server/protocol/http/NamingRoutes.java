// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** The naming APIs, version by version (spec 5.2 to 5.4). */
final class NamingRoutes {

    private final InstanceCalls instances;
    private final ListCalls lists;
    private final BeatCalls beats;
    private final StatusCalls statuses;
    private final MetadataCalls metadata;
    private final ServiceCalls services;
    private final CatalogCalls catalog;
    private final SubscriberCalls subscribers;
    private final ClientCalls clients;
    private final SwitchCalls switches;
    private final ServerCalls server;

    NamingRoutes(HttpContext context) {
        this.instances = new InstanceCalls(context);
        this.lists = new ListCalls(context);
        this.beats = new BeatCalls(context, instances);
        this.statuses = new StatusCalls(context);
        this.metadata = new MetadataCalls(context);
        this.services = new ServiceCalls(context);
        this.catalog = new CatalogCalls(context);
        this.subscribers = new SubscriberCalls(context);
        this.clients = new ClientCalls(context);
        this.switches = new SwitchCalls(context);
        this.server = new ServerCalls(context);
    }

    void addTo(Routes routes, String contextPath) {
        version1(routes.group(contextPath + "/v1/ns", Dialect.V1, switches::mustServe));
        version1Operator(routes.group(contextPath + "/v1/ns", Dialect.V1));
        version2(routes.group(contextPath + "/v2/ns", Dialect.WRAPPED));
        version3(routes.group(contextPath + "/v3/client/ns", Dialect.WRAPPED));
        version3Admin(routes.group(contextPath + "/v3/admin/ns", Dialect.WRAPPED));
        clients(routes.group(contextPath + "/v2/ns", Dialect.WRAPPED));
        clients(routes.group(contextPath + "/v3/admin/ns", Dialect.WRAPPED));
        routes.refuseOddly(contextPath + "/v1/ns");
        routes.refuseOddly(contextPath + "/v2/ns");
    }

    private void version1(Routes.Group v1) {
        v1.post("/instance", instances::register)
                .delete("/instance", instances::deregister)
                .put("/instance", instances::replace)
                .patch("/instance", instances::amend)
                .get("/instance", instances::get)
                .get("/instance/list", lists::list)
                .put("/instance/beat", beats::beat)
                .get("/instance/statuses", statuses::statuses)
                .under("/instance/statuses/", statuses::statuses)
                .put("/instance/metadata/batch", metadata::put)
                .delete("/instance/metadata/batch", metadata::delete)
                .post("/service", services::create)
                .delete("/service", services::remove)
                .put("/service", services::update)
                .get("/service", services::get)
                .get("/service/list", catalog::names)
                .get("/service/names", catalog::search)
                .post("/service/names", catalog::search)
                .get("/service/subscribers", subscribers::list)
                .get("/catalog/services", catalog::services)
                .get("/catalog/service", catalog::service)
                .get("/catalog/instances", catalog::instances)
                .put("/health", statuses::set)
                .put("/health/instance", statuses::set)
                .get("/health/server", server::greeting);
    }

    private void version1Operator(Routes.Group v1) {
        for (String operator : new String[] {"/operator", "/ops"}) {
            v1.get(operator + "/metrics", server::metrics)
                    .get(operator + "/switches", switches::get)
                    .put(operator + "/switches", switches::put)
                    .get(operator + "/servers", server::members)
                    .get(operator + "/distro/client", server::responsible);
        }
    }

    private void version2(Routes.Group v2) {
        v2.post("/instance", instances::register)
                .delete("/instance", instances::deregister)
                .put("/instance", instances::replace)
                .patch("/instance", instances::amend)
                .get("/instance", instances::get)
                .get("/instance/list", lists::listOfCluster)
                .put("/instance/beat", beats::beat)
                .under("/instance/statuses/", statuses::statuses)
                .put("/instance/metadata/batch", metadata::put)
                .delete("/instance/metadata/batch", metadata::delete)
                .post("/service", services::create)
                .delete("/service", services::remove)
                .put("/service", services::update)
                .get("/service", services::get)
                .get("/service/list", catalog::namesWrapped)
                .get("/catalog/instances", catalog::instances)
                .put("/health", statuses::set)
                .put("/health/instance", statuses::set);
        for (String operator : new String[] {"/operator", "/ops"}) {
            v2.get(operator + "/metrics", server::metrics)
                    .get(operator + "/switches", switches::get)
                    .put(operator + "/switches", switches::put);
        }
    }

    private void version3(Routes.Group v3) {
        v3.post("/instance", this::registerOrBeat)
                .delete("/instance", instances::deregister)
                .get("/instance/list", lists::listBare);
    }

    private void registerOrBeat(Exchange exchange) {
        if (exchange.parameters().flag("heartBeat", false)) {
            beats.beatOfForm(exchange);
        } else {
            instances.register(exchange);
        }
    }

    private void version3Admin(Routes.Group v3) {
        v3.post("/instance", instances::register)
                .delete("/instance", instances::deregister)
                .put("/instance", instances::replace)
                .put("/instance/partial", instances::amend)
                .get("/instance", instances::get)
                .get("/instance/list", catalog::instancesBare)
                .put("/instance/metadata/batch", metadata::put)
                .delete("/instance/metadata/batch", metadata::delete)
                .post("/service", services::create)
                .delete("/service", services::remove)
                .put("/service", services::update)
                .get("/service", services::get)
                .get("/service/list", catalog::servicesPaged)
                .get("/service/subscribers", subscribers::listPaged)
                .put("/health/instance", statuses::set)
                .get("/ops/metrics", server::metrics)
                .get("/ops/switches", switches::get)
                .put("/ops/switches", switches::put);
    }

    private void clients(Routes.Group group) {
        group.get("/client/list", clients::list)
                .get("/client", clients::get)
                .get("/client/publish/list", clients::published)
                .get("/client/subscribe/list", clients::subscribed)
                .get("/client/service/publisher/list", clients::publishers)
                .get("/client/service/subscriber/list", clients::subscribers);
    }
}

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
        v1.post("/instance", Need.WRITE, instances::register)
                .delete("/instance", Need.WRITE, instances::deregister)
                .put("/instance", Need.OPERATE, instances::replace)
                .patch("/instance", Need.OPERATE, instances::amend)
                .get("/instance", Need.READ, instances::get)
                .get("/instance/list", Need.READ, lists::list)
                .put("/instance/beat", Need.WRITE, beats::beat)
                .get("/instance/statuses", Need.READ_BY_PATH, statuses::statuses)
                .under("/instance/statuses/", Need.READ_BY_PATH, statuses::statuses)
                .put("/instance/metadata/batch", Need.OPERATE, metadata::put)
                .delete("/instance/metadata/batch", Need.OPERATE, metadata::delete)
                .post("/service", Need.OPERATE, services::create)
                .delete("/service", Need.OPERATE, services::remove)
                .put("/service", Need.OPERATE, services::update)
                .get("/service", Need.READ, services::get)
                .get("/service/list", Need.READ_SOMETHING, catalog::names)
                .get("/service/names", Need.READ_SOMETHING, catalog::search)
                .post("/service/names", Need.READ_SOMETHING, catalog::search)
                .get("/service/subscribers", Need.OPERATE, subscribers::list)
                .get("/catalog/services", Need.READ_SOMETHING, catalog::services)
                .get("/catalog/service", Need.READ, catalog::service)
                .get("/catalog/instances", Need.READ, catalog::instances)
                .put("/health", Need.OPERATE, statuses::set)
                .put("/health/instance", Need.OPERATE, statuses::set)
                .get("/health/server", Need.READ_SOMETHING, server::greeting);
    }

    private void version1Operator(Routes.Group v1) {
        for (String operator : new String[] {"/operator", "/ops"}) {
            v1.get(operator + "/metrics", Need.OPERATE_ALL_BUT_STATUS, server::metrics)
                    .get(operator + "/switches", Need.OPERATE_ALL, switches::get)
                    .put(operator + "/switches", Need.OPERATE_ALL, switches::put)
                    .get(operator + "/servers", Need.READ_SOMETHING, server::members)
                    .get(operator + "/distro/client", Need.READ_SOMETHING, server::responsible);
        }
    }

    private void version2(Routes.Group v2) {
        v2.post("/instance", Need.WRITE, instances::register)
                .delete("/instance", Need.WRITE, instances::deregister)
                .put("/instance", Need.OPERATE, instances::replace)
                .patch("/instance", Need.OPERATE, instances::amend)
                .get("/instance", Need.READ, instances::get)
                .get("/instance/list", Need.READ, lists::listOfCluster)
                .put("/instance/beat", Need.WRITE, beats::beat)
                .under("/instance/statuses/", Need.READ_BY_PATH, statuses::statuses)
                .put("/instance/metadata/batch", Need.OPERATE, metadata::put)
                .delete("/instance/metadata/batch", Need.OPERATE, metadata::delete)
                .post("/service", Need.OPERATE, services::create)
                .delete("/service", Need.OPERATE, services::remove)
                .put("/service", Need.OPERATE, services::update)
                .get("/service", Need.READ, services::get)
                .get("/service/list", Need.READ_SOMETHING, catalog::namesWrapped)
                .get("/catalog/instances", Need.READ, catalog::instances)
                .put("/health", Need.OPERATE, statuses::set)
                .put("/health/instance", Need.OPERATE, statuses::set);
        for (String operator : new String[] {"/operator", "/ops"}) {
            v2.get(operator + "/metrics", Need.OPERATE_ALL_BUT_STATUS, server::metrics)
                    .get(operator + "/switches", Need.OPERATE_ALL, switches::get)
                    .put(operator + "/switches", Need.OPERATE_ALL, switches::put);
        }
    }

    private void version3(Routes.Group v3) {
        v3.post("/instance", Need.WRITE, this::registerOrBeat)
                .delete("/instance", Need.WRITE, instances::deregister)
                .get("/instance/list", Need.READ, lists::listBare);
    }

    private void registerOrBeat(Exchange exchange) {
        if (exchange.parameters().flag("heartBeat", false)) {
            beats.beatOfForm(exchange);
        } else {
            instances.register(exchange);
        }
    }

    private void version3Admin(Routes.Group v3) {
        v3.post("/instance", Need.OPERATE, instances::register)
                .delete("/instance", Need.OPERATE, instances::deregister)
                .put("/instance", Need.OPERATE, instances::replace)
                .put("/instance/partial", Need.OPERATE, instances::amend)
                .get("/instance", Need.READ, instances::get)
                .get("/instance/list", Need.READ, catalog::instancesBare)
                .put("/instance/metadata/batch", Need.OPERATE, metadata::put)
                .delete("/instance/metadata/batch", Need.OPERATE, metadata::delete)
                .post("/service", Need.OPERATE, services::create)
                .delete("/service", Need.OPERATE, services::remove)
                .put("/service", Need.OPERATE, services::update)
                .get("/service", Need.READ, services::get)
                .get("/service/list", Need.READ_SOMETHING, catalog::servicesPaged)
                .get("/service/subscribers", Need.OPERATE, subscribers::listPaged)
                .put("/health/instance", Need.OPERATE, statuses::set)
                .get("/ops/metrics", Need.OPERATE_ALL_BUT_STATUS, server::metrics)
                .get("/ops/switches", Need.OPERATE_ALL, switches::get)
                .put("/ops/switches", Need.OPERATE_ALL, switches::put);
    }

    private void clients(Routes.Group group) {
        group.get("/client/list", Need.OPERATE_ALL, clients::list)
                .get("/client", Need.OPERATE_ALL, clients::get)
                .get("/client/publish/list", Need.OPERATE_ALL, clients::published)
                .get("/client/subscribe/list", Need.OPERATE_ALL, clients::subscribed)
                .get("/client/service/publisher/list", Need.OPERATE, clients::publishers)
                .get("/client/service/subscriber/list", Need.OPERATE, clients::subscribers);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** The naming APIs, version by version (spec 5.2 to 5.4). */
final class NamingRoutes {

    private final InstanceCalls instances;
    private final ListCalls lists;
    private final BeatCalls beats;

    NamingRoutes(HttpContext context) {
        this.instances = new InstanceCalls(context);
        this.lists = new ListCalls(context);
        this.beats = new BeatCalls(context, instances);
    }

    void addTo(Routes routes, String contextPath) {
        version1(routes.group(contextPath + "/v1/ns", Dialect.V1));
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
                .put("/instance/beat", beats::beat);
    }
}

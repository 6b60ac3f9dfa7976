// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** Whether the server lives and serves, for those who start and stop it and send traffic to it. Thread: any. */
final class HealthCalls {

    private final HttpContext context;

    HealthCalls(HttpContext context) {
        this.context = context;
    }

    /** The answer of the health endpoints. */
    private record Health(String status) {}

    void live(Exchange exchange) {
        exchange.json(200, new Health("live"));
    }

    void ready(Exchange exchange) {
        boolean ready = context.ready().getAsBoolean();
        exchange.json(ready ? 200 : 503, new Health(ready ? "ready" : "stopping"));
    }
}

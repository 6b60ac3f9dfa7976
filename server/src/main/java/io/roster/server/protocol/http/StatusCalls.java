// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Instance;
import io.roster.server.core.ServiceName;
import java.util.List;
import java.util.Map;

/** The health of instances, shown and set. Thread: any. */
final class StatusCalls {

    private static final String NAMESPACE_SEPARATOR = "##";

    private final HttpContext context;
    private final FormReader reader;

    StatusCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
    }

    private record Statuses(List<String> ips) {}

    /** The instances of {@code key}, {@code namespace##group@@name} or {@code group@@name}, each with its health. */
    void statuses(Exchange exchange) {
        ServiceName service = service(exchange.parameters(), reader);
        List<String> ips = context.registry().snapshot(service).all().instances().stream()
                .map(StatusCalls::status)
                .toList();
        exchange.json(200, new Statuses(ips));
    }

    /** The service that the end of the path names. */
    static ServiceName service(Parameters parameters, FormReader reader) {
        String key = parameters.required(Routes.REST);
        int split = key.indexOf(NAMESPACE_SEPARATOR);
        Parameters namespace =
                split < 0 ? Parameters.NONE : new Parameters(Map.of("namespaceId", key.substring(0, split)));
        return reader.service(namespace, split < 0 ? key : key.substring(split + NAMESPACE_SEPARATOR.length()));
    }

    private static String status(Instance instance) {
        return instance.key().ip() + ':' + instance.key().port() + '_' + instance.isHealthy();
    }

    /** Nobody may set what heartbeats decide; in Nacos too this is for instances that nobody checks. */
    void set(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        String cluster = reader.key(parameters).cluster();
        if (!parameters.has("healthy") && !parameters.has("valid")) {
            throw Refusal.missing("healthy");
        }
        parameters.flag("healthy", "valid", true);
        throw Refusal.bad(
                ErrorCode.STILL_CHECKED,
                "health check is still working, service: " + FormReader.fullName(service) + ", cluster: " + cluster);
    }
}

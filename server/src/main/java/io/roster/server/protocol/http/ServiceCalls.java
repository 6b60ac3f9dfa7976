// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Ack;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services made, changed, shown and removed by hand. Thread: any. */
final class ServiceCalls {

    private final HttpContext context;
    private final FormReader reader;

    ServiceCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
    }

    /** Unlike in Nacos, a service made by hand takes the same instances as any other. */
    void create(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        Map<String, String> metadata = metadata(parameters);
        double threshold = threshold(parameters);
        if (context.registry().exists(service)) {
            throw Refusal.bad(
                    ErrorCode.SERVICE_EXISTS, "specified service " + FormReader.fullName(service) + " already exists!");
        }
        set(exchange, service, metadata, threshold);
    }

    void update(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        if (exchange.dialect() == Dialect.V1) {
            parameters.required("protectThreshold");
        }
        Map<String, String> metadata = metadata(parameters);
        double threshold = threshold(parameters);
        mustExist(service);
        set(exchange, service, metadata, threshold);
    }

    private void set(Exchange exchange, ServiceName service, Map<String, String> metadata, double threshold) {
        Ack done = exchange.acking(exchange::ok);
        context.registry().declare(service, metadata, (revision, refusal) -> {
            if (refusal == null) {
                context.registry().configure(service, threshold, null, done);
            } else {
                done.done(revision, refusal);
            }
        });
    }

    void remove(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        context.registry()
                .dismiss(
                        service,
                        (revision, refusal) -> exchange.later(() -> {
                            if (refusal == null) {
                                exchange.ok();
                            } else {
                                throw removalRefusal(service, refusal);
                            }
                        }));
    }

    private static RuntimeException removalRefusal(ServiceName service, RegistryException refusal) {
        String name = FormReader.fullName(service);
        return switch (refusal.code()) {
            case NOT_FOUND -> Refusal.bad(ErrorCode.SERVICE_NOT_FOUND, "service " + name + " not found!");
            case FAILED_PRECONDITION ->
                Refusal.bad(
                        ErrorCode.SERVICE_NOT_DELETED,
                        "Service " + name + " is not empty, can't be delete. Please unregister instance first");
            default -> refusal;
        };
    }

    void get(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        if (!context.registry().exists(service)) {
            throw Refusal.bad(
                    ErrorCode.SERVICE_NOT_FOUND,
                    "service not found, namespace: " + service.namespace() + ", serviceName: "
                            + FormReader.fullName(service));
        }
        ServiceSettings settings = context.registry().settings(service);
        ServiceDetail detail = ServiceDetail.of(context.registry().snapshot(service), settings);
        exchange.data(exchange.dialect() == Dialect.V1 ? detail.forVersion1() : detail);
    }

    private void mustExist(ServiceName service) {
        if (!context.registry().exists(service)) {
            throw Refusal.bad(ErrorCode.SERVICE_NOT_FOUND, "service " + FormReader.fullName(service) + " not found!");
        }
    }

    private Map<String, String> metadata(Parameters parameters) {
        @Nullable String text = parameters.find("metadata");
        return text == null ? Map.of() : reader.metadata(text);
    }

    private static double threshold(Parameters parameters) {
        String text = parameters.text("protectThreshold", "0");
        try {
            double threshold = Double.parseDouble(text);
            if (threshold >= 0 && threshold <= 1) {
                return threshold;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of bounds.
        }
        throw Refusal.illegal("protectThreshold", "the value should be between 0 and 1.");
    }
}

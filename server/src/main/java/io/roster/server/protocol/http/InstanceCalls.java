// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.roster.server.client.Client;
import io.roster.server.core.ClaimView;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.Lease;
import io.roster.server.core.Offer;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one instance: by its application, and by operators over its head. Thread: any. */
final class InstanceCalls {

    private final HttpContext context;
    private final FormReader reader;
    private final Addresses addresses;

    InstanceCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
        this.addresses = new Addresses(context.clients());
    }

    void register(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        register(exchange, service, reader.instance(exchange.parameters()), exchange::ok);
    }

    /** Publishes an instance as its own address, alive from now on. */
    void register(Exchange exchange, ServiceName service, Instance instance, Runnable done) {
        long nowMs = context.nowMs().getAsLong();
        InstanceKey key = instance.key();
        Client client = addresses.client(key.ip(), key.port(), exchange, nowMs);
        context.registry()
                .register(service, List.of(new Offer(client, instance, new Lease(nowMs))), exchange.acking(done));
    }

    /** Taking back what is not there is no error. */
    void deregister(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        InstanceKey key = reader.key(exchange.parameters());
        exchange.parameters().flag("ephemeral", true);
        context.registry().deregister(service, List.of(Addresses.claim(key)), (revision, refusal) -> {
            boolean unknown = refusal != null && refusal.code() == RegistryException.Code.NOT_FOUND;
            exchange.acking(exchange::ok).done(revision, unknown ? null : refusal);
        });
    }

    /** Overrides all of an instance: what is left out becomes the default (spec 4.6). */
    void replace(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        Instance instance = reader.instance(parameters);
        if (!context.registry().exists(service)) {
            throw Refusal.bad(
                    ErrorCode.INSTANCE,
                    "service not found, namespace: " + service.namespace() + ", service: "
                            + FormReader.fullName(service));
        }
        InstanceOverride override = new InstanceOverride(instance.isEnabled(), instance.weight(), instance.metadata());
        context.registry().override(service, instance.key(), override, exchange.acking(exchange::ok));
    }

    /** Overrides what is said and leaves the rest. */
    void amend(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        InstanceKey key = reader.key(parameters);
        String metadata = parameters.find("metadata");
        boolean enables = parameters.has("enabled") || parameters.has("enable");
        InstanceOverride override = new InstanceOverride(
                enables ? (Boolean) parameters.flag("enabled", "enable", true) : null,
                reader.weight(parameters),
                metadata == null ? null : reader.metadata(metadata));
        exchange.answerWhen(context.registry().claims(service), claims -> {
            find(service, key, claims);
            context.registry().override(service, key, override, exchange.acking(exchange::ok));
        });
    }

    /** One instance, disabled or not. */
    void get(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        InstanceKey key = reader.key(exchange.parameters());
        exchange.answerWhen(
                context.registry().claims(service),
                claims -> exchange.data(Detail.of(exchange.dialect(), service, find(service, key, claims))));
    }

    private static Instance find(ServiceName service, InstanceKey key, List<ClaimView> claims) {
        boolean clusterKnown = false;
        for (ClaimView claim : claims) {
            InstanceKey present = claim.registration().instance().key();
            if (claim.isNewest() && present.equals(key)) {
                return claim.seen();
            }
            clusterKnown |= present.cluster().equals(key.cluster());
        }
        String text = clusterKnown
                ? "no matched ip found!"
                : "no ips found for cluster " + key.cluster() + " in service " + FormReader.fullName(service);
        throw Refusal.of(404, ErrorCode.RESOURCE_NOT_FOUND, text);
    }

    /** One instance as {@link #get} shows it; version 1 calls the service {@code service}, the others not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Detail(
            @Nullable String service,
            @Nullable String serviceName,
            String ip,
            int port,
            String clusterName,
            double weight,
            boolean healthy,
            boolean enabled,
            String instanceId,
            Map<String, String> metadata) {

        static Detail of(Dialect dialect, ServiceName service, Instance instance) {
            String name = FormReader.fullName(service);
            InstanceKey key = instance.key();
            return new Detail(
                    dialect == Dialect.V1 ? name : null,
                    dialect == Dialect.V1 ? null : name,
                    key.ip(),
                    key.port(),
                    key.cluster(),
                    instance.weight(),
                    instance.isHealthy(),
                    instance.isEnabled(),
                    Host.id(service, key),
                    instance.metadata());
        }
    }
}

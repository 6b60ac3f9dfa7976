// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.Client;
import io.roster.server.client.IpPortBasedClient;
import io.roster.server.core.ClaimView;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Registration;
import io.roster.server.core.ServiceName;
import io.roster.server.push.Subscription;

/** Who is here, what each one publishes and hears: versions 2 and 3. Thread: any. */
final class ClientCalls {

    private final HttpContext context;

    ClientCalls(HttpContext context) {
        this.context = context;
    }

    private record Shown(
            String clientId,
            boolean ephemeral,
            long lastUpdatedTime,
            String clientType,
            String connectType,
            String appName,
            String version,
            String clientIp,
            int clientPort) {}

    private record Address(String ip, int port, String cluster) {}

    private record Published(String namespace, String group, String serviceName, Address registeredInstance) {}

    private record Listener(String app, String agent, String addr) {}

    private record Subscribed(String namespace, String group, String serviceName, Listener subscriberInfo) {}

    private record Named(String clientId, String ip, int port) {}

    void list(Exchange exchange) {
        exchange.later(() -> exchange.data(context.clients().after("").stream()
                .limit(Page.MAX_SIZE)
                .map(Client::id)
                .toList()));
    }

    void get(Exchange exchange) {
        Client client = client(exchange);
        boolean isAddress = client instanceof IpPortBasedClient;
        long idleMs = Math.max(0, context.nowMs().getAsLong() - client.lastActiveMs());
        Peer peer = Peer.of(client);
        exchange.data(new Shown(
                client.id(),
                true,
                System.currentTimeMillis() - idleMs,
                isAddress ? "ipPort" : "connection",
                client.info().wire(),
                client.info().app(),
                client.info().sdk(),
                peer.ip(),
                peer.port()));
    }

    void published(Exchange exchange) {
        exchange.data(client(exchange).published().stream()
                .filter(Registration.class::isInstance)
                .map(Registration.class::cast)
                .map(ClientCalls::published)
                .toList());
    }

    private static Published published(Registration claim) {
        ServiceName service = claim.service();
        InstanceKey key = claim.instance().key();
        return new Published(
                service.namespace(), service.group(), service.name(), new Address(key.ip(), key.port(), key.cluster()));
    }

    void subscribed(Exchange exchange) {
        exchange.answerWhen(
                context.fanouts().subscriptionsOf(client(exchange)),
                heard -> exchange.data(
                        heard.stream().map(ClientCalls::subscribed).toList()));
    }

    private static Subscribed subscribed(Subscription subscription) {
        ServiceName service = subscription.service();
        Client client = subscription.client();
        return new Subscribed(
                service.namespace(),
                service.group(),
                service.name(),
                new Listener(
                        client.info().app(), client.info().sdk(), client.info().address()));
    }

    void publishers(Exchange exchange) {
        ServiceName service = context.reader().service(exchange.parameters());
        exchange.answerWhen(
                context.registry().claims(service),
                claims -> exchange.data(claims.stream()
                        .map(ClaimView::registration)
                        .map(claim -> new Named(
                                claim.publisher().id(),
                                claim.instance().key().ip(),
                                claim.instance().key().port()))
                        .toList()));
    }

    void subscribers(Exchange exchange) {
        ServiceName service = context.reader().service(exchange.parameters());
        exchange.answerWhen(
                context.fanouts().subscribers(service),
                heard -> exchange.data(heard.stream()
                        .map(Subscription::client)
                        .map(client -> new Named(
                                client.id(),
                                Peer.of(client).ip(),
                                Peer.of(client).port()))
                        .distinct()
                        .toList()));
    }

    private Client client(Exchange exchange) {
        String id = exchange.parameters().required("clientId");
        Client client = context.clients().find(id);
        if (client == null) {
            throw Refusal.of(404, ErrorCode.RESOURCE_NOT_FOUND, "clientId [ " + id + " ] not exist");
        }
        return client;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.Client;
import io.roster.server.core.ServiceName;
import io.roster.server.push.Subscription;
import java.util.List;
import java.util.function.Function;

/** Who hears a service. Thread: any. */
final class SubscriberCalls {

    private final HttpContext context;
    private final FormReader reader;

    SubscriberCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
    }

    /** A subscriber as version 1 shows it. */
    private record Subscriber(
            String addrStr,
            String agent,
            String app,
            String ip,
            int port,
            String namespaceId,
            String serviceName,
            String cluster) {}

    /** A subscriber as version 3 shows it. */
    private record Listener(
            String namespaceId,
            String groupName,
            String serviceName,
            String ip,
            int port,
            String agent,
            String appName,
            String address) {}

    private record Subscribers(List<Subscriber> subscribers, int count) {}

    void list(Exchange exchange) {
        Page page = Page.of(exchange.parameters(), 1_000);
        all(exchange, SubscriberCalls::subscriber, all -> exchange.data(new Subscribers(page.cut(all), all.size())));
    }

    /** The same for version 3. */
    void listPaged(Exchange exchange) {
        Page page = Page.of(exchange.parameters(), 100);
        all(
                exchange,
                SubscriberCalls::listener,
                all -> exchange.data(CatalogCalls.PageOf.of(page, all.size(), page.cut(all))));
    }

    private interface Answer<T> {
        void with(List<T> all);
    }

    private <T> void all(Exchange exchange, Function<Subscription, T> shape, Answer<T> answer) {
        ServiceName service = reader.service(exchange.parameters());
        exchange.answerWhen(
                context.fanouts().subscribers(service),
                heard -> answer.with(heard.stream().map(shape).distinct().toList()));
    }

    private static Subscriber subscriber(Subscription subscription) {
        ServiceName service = subscription.service();
        Peer peer = Peer.of(subscription.client());
        return new Subscriber(
                peer.ip(),
                subscription.client().info().sdk(),
                app(subscription.client()),
                peer.ip(),
                peer.port(),
                service.namespace(),
                FormReader.fullName(service),
                String.join(",", subscription.view().clusters()));
    }

    private static Listener listener(Subscription subscription) {
        ServiceName service = subscription.service();
        Peer peer = Peer.of(subscription.client());
        return new Listener(
                service.namespace(),
                service.group(),
                service.name(),
                peer.ip(),
                peer.port(),
                subscription.client().info().sdk(),
                app(subscription.client()),
                peer.ip() + ':' + peer.port());
    }

    private static String app(Client client) {
        return client.info().app().isEmpty() ? "unknown" : client.info().app();
    }
}

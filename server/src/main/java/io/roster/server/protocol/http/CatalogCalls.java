// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.ClaimView;
import io.roster.server.core.Listing;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists of services, for clients and for people, and the instances that consumers do not see. Thread: any. */
final class CatalogCalls {

    private final HttpContext context;
    private final FormReader reader;
    private final ServiceNames names;

    CatalogCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
        this.names = new ServiceNames(context.registry());
    }

    private record Doms(int count, List<String> doms) {}

    private record Services(int count, List<String> services) {}

    /** The names of a group, as clients of version 1 ask for them. */
    void names(Exchange exchange) {
        Page page = Page.required(exchange.parameters());
        ofGroup(exchange, all -> new Doms(all.size(), bare(page.cut(all))));
    }

    /** The same for version 2. */
    void namesWrapped(Exchange exchange) {
        Page page = Page.of(exchange.parameters(), 20);
        ofGroup(exchange, all -> new Services(all.size(), bare(page.cut(all))));
    }

    private interface Answer {
        Object of(List<ServiceName> all);
    }

    private void ofGroup(Exchange exchange, Answer answer) {
        String namespace = reader.namespace(exchange.parameters());
        String group = reader.group(exchange.parameters());
        exchange.later(() -> exchange.data(answer.of(names.in(
                namespace, visible(exchange).and(service -> service.group().equals(group))))));
    }

    /** Which services the caller may see. */
    private Predicate<ServiceName> visible(Exchange exchange) {
        return context.access().readable(exchange.caller());
    }

    private static List<String> bare(List<ServiceName> services) {
        return services.stream().map(ServiceName::name).toList();
    }

    /** All names by namespace. The key of the map is Nacos's own slip, and what its users parse. */
    void search(Exchange exchange) {
        String only = exchange.parameters().find("namespaceId");
        Predicate<String> wanted = ServiceNames.like(exchange.parameters().find("expr"));
        exchange.later(() -> {
            Map<String, List<String>> found = new TreeMap<>();
            Predicate<ServiceName> visible = visible(exchange);
            for (String namespace : only == null ? names.namespaces() : List.of(only)) {
                if (!context.access().maySee(exchange.caller(), namespace)) {
                    continue;
                }
                found.put(
                        namespace,
                        names.in(namespace, visible.and(service -> wanted.test(service.name()))).stream()
                                .limit(Page.MAX_SIZE)
                                .map(FormReader::fullName)
                                .toList());
            }
            int count = found.values().stream().mapToInt(List::size).sum();
            exchange.data(new TreeMap<>(Map.of("META-INF/services", found, "count", count)));
        });
    }

    /** One line of a list of services. */
    private record Line(
            String name,
            String groupName,
            int clusterCount,
            int ipCount,
            int healthyInstanceCount,
            String triggerFlag) {

        static Line of(ServiceSnapshot snapshot) {
            Listing all = snapshot.all();
            long clusters = all.instances().stream()
                    .map(instance -> instance.key().cluster())
                    .distinct()
                    .count();
            boolean isProtected = snapshot.protectionThreshold() > 0 && all.isProtected();
            return new Line(
                    snapshot.service().name(),
                    snapshot.service().group(),
                    (int) clusters,
                    all.total(),
                    all.healthy(),
                    Boolean.toString(isProtected));
        }
    }

    private record Lines(int count, List<Line> serviceList) {}

    /** A page of a longer list, as version 3 shows it. */
    record PageOf<T>(int totalCount, int pageNumber, int pagesAvailable, List<T> pageItems) {

        static <T> PageOf<T> of(Page page, int total, List<T> items) {
            return new PageOf<>(total, page.number(), page.of(total), items);
        }
    }

    /** A service with all its instances. */
    private record Full(
            String serviceName, String groupName, Map<String, FullCluster> clusterMap, Map<String, String> metadata) {}

    private record FullCluster(String clusterName, List<Host> hosts) {}

    void services(Exchange exchange) {
        Page page = Page.of(exchange.parameters(), 20);
        boolean full = exchange.parameters().flag("withInstances", false);
        found(exchange, "hasIpCount", all -> {
            List<ServiceSnapshot> shown =
                    page.cut(all).stream().map(context.registry()::snapshot).toList();
            return full
                    ? shown.stream().map(this::full).toList()
                    : new Lines(all.size(), shown.stream().map(Line::of).toList());
        });
    }

    /** The same for version 3. */
    void servicesPaged(Exchange exchange) {
        Page page = Page.of(exchange.parameters(), 100);
        found(
                exchange,
                "ignoreEmptyService",
                all -> PageOf.of(
                        page,
                        all.size(),
                        page.cut(all).stream()
                                .map(context.registry()::snapshot)
                                .map(Line::of)
                                .toList()));
    }

    private void found(Exchange exchange, String hideEmpty, Answer answer) {
        Parameters parameters = exchange.parameters();
        String namespace = reader.namespace(parameters);
        Predicate<String> name = ServiceNames.like(parameters.find("serviceNameParam"));
        Predicate<String> group = ServiceNames.like(parameters.find("groupNameParam"));
        boolean onlyFilled = parameters.flag(hideEmpty, false);
        Predicate<ServiceName> wanted = service -> name.test(service.name())
                && group.test(service.group())
                && (!onlyFilled || context.registry().snapshot(service).all().total() > 0);
        exchange.later(() ->
                exchange.data(answer.of(names.in(namespace, visible(exchange).and(wanted)))));
    }

    private Full full(ServiceSnapshot snapshot) {
        Map<String, List<Host>> clusters = snapshot.all().instances().stream()
                .collect(Collectors.groupingBy(
                        instance -> instance.key().cluster(),
                        TreeMap::new,
                        Collectors.mapping(
                                instance ->
                                        Host.of(snapshot.service(), instance, instance.isHealthy(), reader.limits()),
                                Collectors.toList())));
        Map<String, FullCluster> map = new TreeMap<>();
        clusters.forEach((name, hosts) -> map.put(name, new FullCluster(name, hosts)));
        Map<String, String> declared =
                context.registry().settings(snapshot.service()).declared();
        return new Full(
                snapshot.service().name(), snapshot.service().group(), map, declared == null ? Map.of() : declared);
    }

    private record Shown(ServiceDetail.Version1 service, List<ServiceDetail.Cluster1> clusters) {}

    void service(Exchange exchange) {
        ServiceName service = existing(exchange);
        ServiceDetail.Version1 detail = ServiceDetail.of(
                        context.registry().snapshot(service), context.registry().settings(service))
                .forVersion1();
        exchange.data(new Shown(detail, detail.clusters()));
    }

    private record Hosts(List<Host> list, int count) {}

    /** The instances of one cluster, disabled ones included. */
    void instances(Exchange exchange) {
        ServiceName service = existing(exchange);
        String cluster = exchange.parameters().required("clusterName");
        reader.cluster(cluster);
        Page page = Page.of(exchange.parameters(), 100);
        exchange.answerWhen(context.registry().claims(service), claims -> {
            List<Host> hosts = hosts(service, claims).stream()
                    .filter(host -> host.clusterName().equals(cluster))
                    .toList();
            if (hosts.isEmpty()) {
                throw Refusal.of(404, ErrorCode.RESOURCE_NOT_FOUND, "cluster " + cluster + " is not found!");
            }
            exchange.data(new Hosts(page.cut(hosts), hosts.size()));
        });
    }

    /** The same for version 3, all clusters unless one is named. */
    void instancesBare(Exchange exchange) {
        ServiceName service = existing(exchange);
        String cluster = exchange.parameters().find("clusterName");
        exchange.answerWhen(
                context.registry().claims(service),
                claims -> exchange.data(hosts(service, claims).stream()
                        .filter(host -> cluster == null || host.clusterName().equals(cluster))
                        .toList()));
    }

    private List<Host> hosts(ServiceName service, List<ClaimView> claims) {
        return claims.stream()
                .filter(ClaimView::isNewest)
                .map(claim -> Host.of(service, claim.seen(), claim.seen().isHealthy(), reader.limits()))
                .toList();
    }

    private ServiceName existing(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        if (!context.registry().exists(service)) {
            throw Refusal.of(404, ErrorCode.SERVER, "service " + FormReader.fullName(service) + " is not found!");
        }
        return service;
    }
}

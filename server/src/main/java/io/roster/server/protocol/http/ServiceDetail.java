// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSettings;
import io.roster.server.core.ServiceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A service as versions 2 and 3 show it. */
record ServiceDetail(
        String namespace,
        String serviceName,
        String groupName,
        Map<String, Cluster> clusterMap,
        Map<String, String> metadata,
        double protectThreshold,
        Selector selector,
        boolean ephemeral) {

    /** A cluster; nothing is kept of it but its name. */
    record Cluster(String clusterName, HealthChecker healthChecker, Map<String, String> metadata) {}

    /** What Nacos shows for instances that nobody probes. */
    record HealthChecker(String type) {

        static final HealthChecker DEFAULT = new HealthChecker("TCP");
    }

    /** Nobody is selected by label here. */
    record Selector(String type, String contextType) {

        static final Selector NONE = new Selector("none", "NONE");
    }

    static ServiceDetail of(ServiceSnapshot snapshot, ServiceSettings settings) {
        ServiceName service = snapshot.service();
        Map<String, String> declared = settings.declared();
        Map<String, Cluster> clusters = new TreeMap<>();
        snapshot.all()
                .instances()
                .forEach(instance -> clusters.computeIfAbsent(
                        instance.key().cluster(), name -> new Cluster(name, HealthChecker.DEFAULT, Map.of())));
        return new ServiceDetail(
                service.namespace(),
                service.name(),
                service.group(),
                clusters,
                declared == null ? Map.of() : declared,
                settings.protectionThreshold(),
                Selector.NONE,
                true);
    }

    /** The same in the words of version 1. */
    Version1 forVersion1() {
        List<Cluster1> clusters = clusterMap.values().stream()
                .map(cluster -> new Cluster1(cluster.clusterName(), cluster.healthChecker(), cluster.metadata()))
                .toList();
        return new Version1(namespace, groupName, serviceName, protectThreshold, metadata, selector, clusters);
    }

    /** A service as version 1 shows it. */
    record Version1(
            String namespaceId,
            String groupName,
            String name,
            double protectThreshold,
            Map<String, String> metadata,
            Selector selector,
            List<Cluster1> clusters) {}

    /** A cluster as version 1 shows it. */
    record Cluster1(String name, HealthChecker healthChecker, Map<String, String> metadata) {}
}

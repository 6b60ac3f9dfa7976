// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ClusterSummary;
import io.roster.proto.v1.ServiceSummary;
import io.roster.server.core.Instance;
import io.roster.server.core.Listing;
import io.roster.server.core.ServiceSnapshot;
import java.util.Map;
import java.util.TreeMap;

/** Services in figures. */
final class Summaries {

    private Summaries() {}

    static ServiceSummary of(ServiceSnapshot snapshot) {
        Listing all = snapshot.all();
        ServiceSummary.Builder summary = ServiceSummary.newBuilder()
                .setService(NativeEncoder.ref(snapshot.service()))
                .setEpoch(snapshot.epoch())
                .setRevision(snapshot.revision())
                .setDigest(all.digest())
                .setInstances(all.total())
                .setHealthyInstances(all.healthy())
                .setProtectionThreshold(snapshot.protectionThreshold())
                .setProtected(all.isProtected())
                .setGuarded(snapshot.isGuarded());
        Map<String, int[]> clusters = new TreeMap<>();
        for (Instance instance : all.instances()) {
            int[] counts = clusters.computeIfAbsent(instance.key().cluster(), name -> new int[2]);
            counts[0]++;
            counts[1] += instance.isHealthy() ? 1 : 0;
        }
        clusters.forEach((name, counts) -> summary.addClusters(ClusterSummary.newBuilder()
                .setName(name)
                .setInstances(counts[0])
                .setHealthyInstances(counts[1])));
        return summary.build();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Listing;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.InstanceKey;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Snapshot;
import java.util.Collection;
import java.util.List;

/** Between what the wires say and what a history notes. */
final class Lists {

    private Lists() {}

    static Listing listing(Snapshot snapshot) {
        return new Listing(
                snapshot.getEpoch(),
                snapshot.getRevision(),
                snapshot.getDigest(),
                snapshot.getGuarded(),
                snapshot.getInstancesList().stream().map(Lists::listed).toList());
    }

    static Listed listed(Instance instance) {
        return new Listed(
                new Address(instance.getIp(), instance.getPort()),
                instance.getCluster(),
                instance.hasWeight() ? instance.getWeight() : 1,
                !instance.hasHealthy() || instance.getHealthy(),
                instance.getMetadataMap());
    }

    static List<Listed> listed(Collection<io.roster.client.Instance> instances) {
        return instances.stream()
                .map(each -> new Listed(
                        new Address(each.ip(), each.port()),
                        each.cluster(),
                        each.weight(),
                        each.healthy(),
                        each.metadata()))
                .toList();
    }

    static Address address(InstanceKey key) {
        return new Address(key.getIp(), key.getPort());
    }

    static InstanceKey key(Address address) {
        return InstanceKey.newBuilder()
                .setIp(address.ip())
                .setPort(address.port())
                .build();
    }

    static Instance instance(Listed listed) {
        return Instance.newBuilder()
                .setIp(listed.address().ip())
                .setPort(listed.address().port())
                .setWeight(listed.weight())
                .putAllMetadata(listed.metadata())
                .build();
    }

    static io.roster.client.Instance sdkInstance(Listed listed) {
        return io.roster.client.Instance.builder(
                        listed.address().ip(), listed.address().port())
                .weight(listed.weight())
                .metadata(listed.metadata())
                .build();
    }

    static ServiceRef ref(String service) {
        return ServiceRef.newBuilder().setName(service).build();
    }
}

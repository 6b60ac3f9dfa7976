// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.InstanceKey;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads lists and changes off the native wire. */
final class NativeTelling {

    private NativeTelling() {}

    /** Null if the message is no list. */
    static @Nullable Telling of(ServerMessage message) {
        return switch (message.getBodyCase()) {
            case SNAPSHOT -> whole(message.getSnapshot());
            case DIFF -> diff(message.getDiff());
            case REPLY ->
                message.getReply().hasSnapshot() ? whole(message.getReply().getSnapshot()) : null;
            case WELCOME, GO_AWAY, BODY_NOT_SET -> null;
        };
    }

    private static Telling whole(Snapshot snapshot) {
        return new Telling(
                snapshot.getService().getName(),
                snapshot.getEpoch(),
                Telling.WHOLE,
                snapshot.getRevision(),
                listed(snapshot.getInstancesList()),
                List.of(),
                snapshot.getDigest());
    }

    private static Telling diff(Diff diff) {
        return new Telling(
                diff.getService().getName(),
                diff.getEpoch(),
                diff.getFromRevision(),
                diff.getToRevision(),
                listed(diff.getUpsertedList()),
                diff.getRemovedList().stream().map(NativeTelling::address).toList(),
                diff.getDigest());
    }

    private static List<Listed> listed(List<Instance> instances) {
        return instances.stream().map(NativeTelling::listed).toList();
    }

    private static Listed listed(Instance instance) {
        return new Listed(
                new Address(instance.getIp(), instance.getPort()),
                instance.getCluster(),
                instance.hasWeight() ? instance.getWeight() : 1,
                !instance.hasHealthy() || instance.getHealthy(),
                instance.getMetadataMap());
    }

    private static Address address(InstanceKey key) {
        return new Address(key.getIp(), key.getPort());
    }
}

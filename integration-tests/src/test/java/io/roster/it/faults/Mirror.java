// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Listing;
import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.ServerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list kept by what a native stream says, and believed whatever it is: others judge it. Guarded by its reader. */
final class Mirror {

    private final Map<Address, Listed> instances = new LinkedHashMap<>();
    private long epoch;
    private long revision;
    private long digest;
    private boolean isGuarded;

    boolean isTold() {
        return epoch != 0;
    }

    Have have() {
        return Have.newBuilder().setEpoch(epoch).setRevision(revision).build();
    }

    Listing listing() {
        return new Listing(epoch, revision, digest, isGuarded, List.copyOf(instances.values()));
    }

    /** False if it is a change of another list than this one. */
    boolean apply(ServerMessage message) {
        if (message.hasDiff()) {
            return apply(message.getDiff());
        }
        instances.clear();
        message.getSnapshot().getInstancesList().stream()
                .map(Lists::listed)
                .forEach(each -> instances.put(each.address(), each));
        epoch = message.getSnapshot().getEpoch();
        revision = message.getSnapshot().getRevision();
        digest = message.getSnapshot().getDigest();
        isGuarded = message.getSnapshot().getGuarded();
        return true;
    }

    private boolean apply(Diff diff) {
        if (diff.getEpoch() != epoch || diff.getFromRevision() != revision) {
            return false;
        }
        diff.getRemovedList().forEach(key -> instances.remove(Lists.address(key)));
        diff.getUpsertedList().stream().map(Lists::listed).forEach(each -> instances.put(each.address(), each));
        revision = diff.getToRevision();
        digest = diff.getDigest();
        isGuarded = diff.getGuarded();
        return true;
    }
}

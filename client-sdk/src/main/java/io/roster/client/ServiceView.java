// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list kept by a snapshot and the diffs after it, and checked by their digests. While a server that has just started
 * says that it settles, what an earlier server told and this one has not yet heard of is kept beside its list. Loop only;
 * knows no clock.
 */
final class ServiceView {
    private final View view;
    /** As the server of this epoch told it at this revision; digest is its digest. */
    private Map<InstanceKey, Instance> told = new TreeMap<>();

    private long epoch;
    private long revision;
    private long digest;
    private InstanceList.Flags flags = InstanceList.Flags.NONE;
    private boolean isTold;
    /** From an earlier epoch, and none of it in {@link #told}. */
    private final Map<InstanceKey, Instance> kept = new TreeMap<>();

    private long keptEpoch;

    ServiceView(View view) {
        this.view = view;
    }

    /** Whether there is a list. */
    boolean isTold() {
        return isTold;
    }

    /**
     * What to say when subscribing again; null without a list. Who keeps something says so by the epoch that it is from:
     * the server answers with its full list, and says whether it has settled.
     */
    @Nullable
    Have have() {
        if (!isTold) {
            return null;
        }
        return kept.isEmpty()
                ? Have.newBuilder().setEpoch(epoch).setRevision(revision).build()
                : Have.newBuilder().setEpoch(keptEpoch).build();
    }

    /** False, without effect, if the list does not have the digest that it says. */
    boolean apply(Snapshot snapshot) {
        Map<InstanceKey, Instance> instances = new TreeMap<>();
        long sum = 0;
        for (var message : snapshot.getInstancesList()) {
            Instance instance = Wire.instance(message);
            if (instances.put(instance.key(), instance) == null) {
                sum += Digest.of(instance);
            }
        }
        if (sum != snapshot.getDigest()) {
            return false;
        }
        if (isTold && snapshot.getEpoch() != epoch) {
            kept.putAll(told);
            keptEpoch = epoch;
        }
        told = instances;
        epoch = snapshot.getEpoch();
        isTold = true;
        settleOn(snapshot.getRevision(), sum, Wire.flags(snapshot));
        if (!snapshot.getSettling()) {
            kept.clear();
        }
        return true;
    }

    /** False, without effect, if it is not about the list that is here, or leads to another digest than it says. */
    boolean apply(Diff diff) {
        if (!follows(diff)) {
            return false;
        }
        Map<InstanceKey, @Nullable Instance> changes = new HashMap<>();
        diff.getRemovedList().forEach(key -> changes.put(Wire.key(key), null));
        for (var message : diff.getUpsertedList()) {
            Instance instance = Wire.instance(message);
            changes.put(instance.key(), instance);
        }
        long sum = digest;
        for (Map.Entry<InstanceKey, @Nullable Instance> change : changes.entrySet()) {
            sum += digest(change.getValue()) - digest(told.get(change.getKey()));
        }
        if (sum != diff.getDigest()) {
            return false;
        }
        changes.forEach(this::change);
        settleOn(diff.getToRevision(), sum, new InstanceList.Flags(diff.getProtected(), diff.getGuarded()));
        return true;
    }

    /** The list, stale if the caller says so or if it has what its server does not list. */
    InstanceList list(InstanceList.Age age) {
        if (kept.isEmpty()) {
            return new InstanceList(List.copyOf(told.values()), age, flags);
        }
        Map<InstanceKey, Instance> all = new TreeMap<>(told);
        all.putAll(kept);
        return new InstanceList(List.copyOf(all.values()), InstanceList.Age.STALE, flags);
    }

    /** Through a view the revisions of changes outside it are skipped, so a diff may begin later than the list ends. */
    private boolean follows(Diff diff) {
        boolean isWhole = view.equals(View.ALL);
        long gap = diff.getFromRevision() - revision;
        return isTold && diff.getEpoch() == epoch && (isWhole ? gap == 0 : gap >= 0);
    }

    private void change(InstanceKey key, @Nullable Instance instance) {
        if (instance == null) {
            told.remove(key);
        } else {
            told.put(key, instance);
        }
    }

    private void settleOn(long newRevision, long newDigest, InstanceList.Flags newFlags) {
        revision = newRevision;
        digest = newDigest;
        flags = newFlags;
        kept.keySet().removeAll(told.keySet());
    }

    private static long digest(@Nullable Instance instance) {
        return instance == null ? 0 : Digest.of(instance);
    }
}

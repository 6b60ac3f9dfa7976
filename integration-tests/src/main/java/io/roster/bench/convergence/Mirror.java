// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.convergence;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.bench.wire.Telling;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One subscriber's copy of one service, kept as a client would keep it: by nothing but what it is told. It accuses the
 * server of whatever no correct server says. Confined to the subscriber's loop, but for {@link #revision}.
 */
public final class Mirror {

    private final String service;
    private final Map<Address, Listed> list = new HashMap<>();
    private long digest;
    private long epoch;
    private volatile long revision;
    private boolean listed;

    public Mirror(String service) {
        this.service = service;
    }

    /** The revision told last. Any thread. */
    public long revision() {
        return revision;
    }

    public long epoch() {
        return epoch;
    }

    /** Whether the first list has come. */
    public boolean isListed() {
        return listed;
    }

    /** What is listed. */
    public Collection<Listed> instances() {
        return List.copyOf(list.values());
    }

    /** Takes in what was told. What is wrong with it is reported, and then believed all the same, as a client would. */
    public void apply(Telling telling, Witness witness) {
        accuse(telling, witness);
        if (telling.isWhole()) {
            Set<Address> left = new HashSet<>(list.keySet());
            telling.upserted().forEach(instance -> left.remove(instance.address()));
            left.forEach(address -> remove(address, witness));
        }
        telling.upserted().forEach(instance -> put(instance, witness));
        telling.removed().forEach(address -> remove(address, witness));
        listed = true;
        epoch = telling.epoch();
        revision = telling.toRevision();
        if (telling.isCounted() && digest != telling.digest()) {
            witness.onViolation(service + " at revision " + revision + ": the list does not have the digest told");
        }
    }

    private void accuse(Telling telling, Witness witness) {
        if (!telling.isCounted() || (telling.isWhole() && !listed)) {
            return;
        }
        if (!listed) {
            witness.onViolation(service + ": a change before any list");
        } else if (telling.epoch() != epoch) {
            witness.onViolation(service + ": epoch " + telling.epoch() + " after " + epoch);
        } else if (telling.toRevision() <= revision) {
            witness.onViolation(
                    service + ": revision " + telling.toRevision() + " told after " + revision + ": repeated or stale");
        } else if (!telling.isWhole() && telling.fromRevision() != revision) {
            witness.onViolation(service + ": a change of revision " + telling.fromRevision() + " told to one who has "
                    + revision + ": something was dropped");
        }
    }

    private void put(Listed instance, Witness witness) {
        Listed former = list.put(instance.address(), instance);
        digest += instance.digest() - (former == null ? 0 : former.digest());
        if (!instance.equals(former)) {
            witness.onSeen(instance);
        }
    }

    private void remove(Address address, Witness witness) {
        Listed former = list.remove(address);
        if (former != null) {
            digest -= former.digest();
            witness.onGone(address);
        }
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.convergence.Truth;
import io.roster.bench.load.Script;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.bench.wire.Wire;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's changes: most say something new of an instance, some take one away or bring it back. Each registration
 * carries the moment it was due as its version, so that whoever sees it knows how old it is. Confined to the client's loop.
 */
final class ChurnScript implements Script {

    /** Of so many changes one takes an instance away. */
    private static final int REMOVAL_EVERY = 8;

    private final Wire wire;
    private final Truth truth;
    private final List<Place> places;
    private final boolean[] gone;
    private final SplittableRandom random;
    private final long untilNs;

    /** An instance that this publisher owns. */
    record Place(String service, Address address) {}

    ChurnScript(Wire wire, Truth truth, List<Place> places, boolean[] gone, SplittableRandom random, long untilNs) {
        this.wire = wire;
        this.truth = truth;
        this.places = places;
        this.gone = gone;
        this.random = random;
        this.untilNs = untilNs;
    }

    @Override
    public byte @Nullable [] next(long nowNs) {
        if (nowNs - untilNs >= 0) {
            return null;
        }
        int at = random.nextInt(places.size());
        Place place = places.get(at);
        if (!gone[at] && random.nextInt(REMOVAL_EVERY) == 0) {
            gone[at] = true;
            truth.remove(place.service(), place.address());
            return wire.deregister(place.service(), place.address());
        }
        gone[at] = false;
        String version = "t" + nowNs;
        truth.put(place.service(), Listed.of(place.address(), version));
        return wire.register(place.service(), place.address(), version);
    }

    /** When a version was due, or {@code Long.MIN_VALUE} if it is none of ours. */
    static long dueNs(String version) {
        return version.startsWith("t") ? Long.parseLong(version, 1, version.length(), 10) : Long.MIN_VALUE;
    }
}

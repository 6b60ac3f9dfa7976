// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import io.roster.server.core.BeatLimits;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What should be registered, as simply as it can be said: a list of claims in the order they were made. It knows nothing of
 * loops, batches or revisions.
 */
final class Model {

    private final List<Claim> claims = new ArrayList<>();
    private final Map<Place, InstanceOverride> overrides = new HashMap<>();

    /** An instance of a service. */
    record Place(String service, InstanceKey key) {}

    /** Who says what; a claim with a beat lives by beats. */
    private static final class Claim {
        final String publisher;
        final Place place;
        final Instance instance;

        @Nullable
        Long lastBeatMs;

        boolean silent;

        Claim(String publisher, Place place, Instance instance, @Nullable Long lastBeatMs) {
            this.publisher = publisher;
            this.place = place;
            this.instance = instance;
            this.lastBeatMs = lastBeatMs;
        }
    }

    void register(String publisher, String service, Instance instance, @Nullable Long nowMs) {
        Place place = new Place(service, instance.key());
        claims.removeIf(claim -> claim.publisher.equals(publisher) && claim.place.equals(place));
        claims.add(new Claim(publisher, place, instance, nowMs));
    }

    /** False if there is no such claim. */
    boolean deregister(String publisher, Place place) {
        return claims.removeIf(claim -> claim.publisher.equals(publisher) && claim.place.equals(place));
    }

    /** False if there is no such claim. */
    boolean beat(String publisher, Place place, long nowMs) {
        for (Claim claim : claims) {
            if (claim.publisher.equals(publisher) && claim.place.equals(place)) {
                claim.lastBeatMs = nowMs;
                claim.silent = false;
                return true;
            }
        }
        return false;
    }

    /** The places a publisher loses. */
    List<Place> disconnect(String publisher) {
        List<Place> lost = new ArrayList<>();
        for (Iterator<Claim> all = claims.iterator(); all.hasNext(); ) {
            Claim claim = all.next();
            if (claim.publisher.equals(publisher)) {
                lost.add(claim.place);
                all.remove();
            }
        }
        return lost;
    }

    void override(Place place, InstanceOverride override) {
        overrides.put(place, override);
    }

    /** False if there is none. */
    boolean undo(Place place) {
        return overrides.remove(place) != null;
    }

    List<Place> overridden() {
        return List.copyOf(overrides.keySet());
    }

    /** What a round of health checks does; returns the places whose claims it touched. */
    List<Place> sweep(long nowMs) {
        List<Place> touched = new ArrayList<>();
        for (Iterator<Claim> all = claims.iterator(); all.hasNext(); ) {
            Claim claim = all.next();
            Long heard = claim.lastBeatMs;
            if (heard != null && nowMs - heard >= BeatLimits.DEFAULT.deleteMs()) {
                all.remove();
                touched.add(claim.place);
            } else if (heard != null && nowMs - heard >= BeatLimits.DEFAULT.timeoutMs()) {
                claim.silent = true;
                touched.add(claim.place);
            }
        }
        return touched;
    }

    /** What every reader should see of a service. */
    Map<InstanceKey, Instance> list(String service) {
        Map<InstanceKey, Instance> list = new TreeMap<>();
        for (Claim claim : claims) {
            if (claim.place.service.equals(service)) {
                list.put(claim.place.key, claim.silent ? claim.instance.withHealthy(false) : claim.instance);
            }
        }
        overrides.forEach((place, override) -> {
            Instance shown = place.service.equals(service) ? list.get(place.key) : null;
            if (shown != null) {
                Boolean enabled = override.enabled();
                Double weight = override.weight();
                Instance seen = enabled == null ? shown : shown.withEnabled(enabled);
                list.put(place.key, weight == null ? seen : seen.withWeight(weight));
            }
        });
        list.values().removeIf(instance -> !instance.isEnabled());
        return list;
    }

    int claimCount() {
        return claims.size();
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A list of a service as somebody was given it.
 *
 * @param epoch 0 if the wire does not tell; then revision, digest and flag mean nothing
 * @param isGuarded whether it lists instances that are lost, because too many are at once
 */
public record Listing(long epoch, long revision, long digest, boolean isGuarded, List<Listed> instances) {

    public Listing {
        instances = List.copyOf(instances);
    }

    /** A list told without epoch, revision and digest. */
    public static Listing plain(List<Listed> instances) {
        return new Listing(0, 0, 0, false, instances);
    }

    boolean isCounted() {
        return epoch != 0;
    }

    long trueDigest() {
        return instances.stream().mapToLong(Listed::digest).sum();
    }

    Map<Address, Listed> byAddress() {
        return instances.stream().collect(Collectors.toMap(Listed::address, Function.identity(), (a, b) -> b));
    }

    boolean saysTheSameAs(Listing other) {
        boolean sameFlag = isGuarded == other.isGuarded || !isCounted() || !other.isCounted();
        return sameFlag && byAddress().equals(other.byAddress());
    }
}

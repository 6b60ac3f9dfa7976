// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@link Promise#DIGESTS_AGREE}. */
final class DigestCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            Map<List<Long>, Given> first = new HashMap<>();
            evidence.counted(service).forEach(given -> {
                Listing listing = given.listing();
                if (listing.digest() != listing.trueDigest()) {
                    violations.accept(new Violation(
                            Promise.DIGESTS_AGREE, given.inWords(service) + " does not have the digest told with it"));
                }
                Given other = first.putIfAbsent(List.of(listing.epoch(), listing.revision()), given);
                if (other != null && !other.listing().saysTheSameAs(listing)) {
                    violations.accept(new Violation(
                            Promise.DIGESTS_AGREE,
                            given.inWords(service) + " is another list than " + other.inWords(service)));
                }
            });
        }
    }
}

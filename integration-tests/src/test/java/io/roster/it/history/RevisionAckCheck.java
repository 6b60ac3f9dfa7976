// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.List;
import java.util.function.Consumer;

/**
 * {@link Promise#TRUE_AT_A_MOMENT} by revisions instead of time: an acknowledgement names the revision that has its effect,
 * so a list of that revision or a later one has it, too, however long ago it was written.
 */
final class RevisionAckCheck implements Check {

    @Override
    public void check(Evidence evidence, Consumer<Violation> violations) {
        for (String service : evidence.services()) {
            List<Claim> claims = evidence.claims().getOrDefault(service, List.of());
            evidence.counted(service)
                    .forEach(given -> claims.forEach(claim -> check(given, service, claim, violations)));
        }
    }

    private static void check(Given given, String service, Claim claim, Consumer<Violation> violations) {
        Listing listing = given.listing();
        Operation operation = claim.operation();
        if (claim.isOverIn(listing) && claim.isListedIn(listing)) {
            violations.accept(new Violation(
                    Promise.TRUE_AT_A_MOMENT,
                    given.inWords(service) + " has " + operation + ", which was over by then: " + claim.end()));
        }
        boolean isBegun = operation.revision() > 0
                && operation.epoch() == listing.epoch()
                && listing.revision() >= operation.revision();
        if (isBegun && isStillThere(claim, given.atNs()) && !listing.byAddress().containsKey(claim.address())) {
            violations.accept(new Violation(
                    Promise.TRUE_AT_A_MOMENT,
                    given.inWords(service) + " lacks " + operation + ", acknowledged with revision "
                            + operation.revision()));
        }
    }

    /** Whether nothing can have ended it by then; it had begun with its revision, before the acknowledgement came. */
    private static boolean isStillThere(Claim claim, long atNs) {
        return claim.present().stream()
                .anyMatch(span -> span.fromNs() == claim.operation().answeredNs() && atNs < span.untilNs());
    }
}

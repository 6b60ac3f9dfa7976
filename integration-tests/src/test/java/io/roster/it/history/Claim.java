// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a registration may, and when it must, be seen.
 *
 * @param operation the registration
 * @param possible outside of this no true list has it
 * @param shown within these every true list has exactly this, for nobody else can have overlaid it
 * @param present within these every true list has its address, by this registration or one over it
 * @param end what ended it, if nothing disturbed its publisher until that was acknowledged: then it ended once and for all
 */
record Claim(
        Operation operation,
        Span possible,
        List<Span> shown,
        List<Span> present,
        @Nullable Operation end) {

    String service() {
        return operation.invoked().service();
    }

    Address address() {
        return operation.invoked().address();
    }

    boolean isListedIn(Listing listing) {
        return listing.instances().stream().anyMatch(this::is);
    }

    boolean is(Listed listed) {
        return operation.says(listed);
    }

    /** Whether the list is of a revision that came after the end. */
    boolean isOverIn(Listing listing) {
        return end != null
                && end.revision() > 0
                && end.epoch() == listing.epoch()
                && listing.revision() >= end.revision();
    }
}

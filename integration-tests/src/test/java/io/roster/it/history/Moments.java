// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds for lists of one service, given one after the other, moments at which they may have been true, none before the one
 * before. The earliest is always the best choice. For one thread.
 */
final class Moments {

    private final List<Claim> claims;
    private final Set<Claim> begun = new HashSet<>();
    private final Set<Claim> over = new HashSet<>();
    private long reachedNs = Long.MIN_VALUE;

    Moments(List<Claim> claims) {
        this.claims = claims;
    }

    /**
     * The answer.
     *
     * @param atNs the moment; {@link Span#FOREVER} if there is none
     * @param why there is none
     */
    record Moment(long atNs, String why) {

        boolean isFound() {
            return atNs != Span.FOREVER;
        }

        private static Moment none(String why) {
            return new Moment(Span.FOREVER, why);
        }
    }

    /** A time at which the list is not true. */
    private record Untrue(Span span, String why) {}

    /** The moment of the next list, which was the present one at some time from one moment to another, both included. */
    Moment next(Listing listing, long fromNs, long untilNs) {
        reachedNs = Math.max(reachedNs, fromNs);
        Moment moment = find(listing, reachedNs, untilNs);
        if (moment.isFound()) {
            reachedNs = moment.atNs();
        }
        return moment;
    }

    /** No moment to come is earlier. */
    long reachedNs() {
        return reachedNs;
    }

    private Moment find(Listing listing, long fromNs, long untilNs) {
        List<Claim> listed = new ArrayList<>();
        long from = fromNs;
        String reason = "it was told too early for what it follows";
        for (Listed instance : listing.instances()) {
            for (Claim claim : claims) {
                if (claim.is(instance)) {
                    listed.add(claim);
                    if (over.contains(claim)) {
                        return Moment.none("it has " + claim.operation() + ", which a list before had not any more");
                    }
                    if (claim.possible().fromNs() > from) {
                        from = claim.possible().fromNs();
                        reason = "it has " + claim.operation() + " before that was asked for";
                    }
                }
            }
        }
        for (Untrue untrue : untrue(listing, listed)) {
            if (from <= untilNs && untrue.span().contains(from)) {
                from = untrue.span().untilNs();
                reason = untrue.why();
            }
        }
        begun.addAll(listed);
        begun.stream()
                .filter(claim -> !listed.contains(claim) && claim.end() != null)
                .forEach(over::add);
        return from <= untilNs ? new Moment(from, "") : Moment.none(reason);
    }

    private List<Untrue> untrue(Listing listing, List<Claim> listed) {
        Set<Address> addresses =
                listing.instances().stream().map(Listed::address).collect(Collectors.toSet());
        List<Untrue> untrue = new ArrayList<>();
        for (Claim claim : listed) {
            untrue.add(new Untrue(
                    new Span(claim.possible().untilNs(), Span.FOREVER),
                    "it has " + claim.operation() + ", over since "
                            + Span.at(claim.possible().untilNs())));
        }
        for (Claim claim : claims) {
            if (listed.contains(claim)) {
                continue;
            }
            boolean isAbsent = !addresses.contains(claim.address());
            for (Span certain : isAbsent ? claim.present() : claim.shown()) {
                Span span = begun.contains(claim) ? sinceItWasSeen(claim, certain) : certain;
                untrue.add(new Untrue(
                        span,
                        (isAbsent ? "it lacks " : "it has something else than ") + claim.operation() + ", certain from "
                                + Span.at(span.fromNs()) + " to " + Span.at(span.untilNs())));
            }
        }
        untrue.sort(Comparator.comparingLong(each -> each.span().fromNs()));
        return untrue;
    }

    /** It may take effect at any time until it is acknowledged, but only once. */
    private static Span sinceItWasSeen(Claim claim, Span certain) {
        boolean isFirst = certain.fromNs() == claim.operation().answeredNs();
        return isFirst ? new Span(claim.possible().fromNs(), certain.untilNs()) : certain;
    }
}

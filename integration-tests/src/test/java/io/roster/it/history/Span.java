// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

import java.util.ArrayList;
import java.util.List;

/** A stretch of time from its first moment up to, but not including, its last; empty if that is not later. */
record Span(long fromNs, long untilNs) {

    static final long FOREVER = Long.MAX_VALUE;

    boolean isEmpty() {
        return untilNs <= fromNs;
    }

    boolean contains(long ns) {
        return fromNs <= ns && ns < untilNs;
    }

    boolean meets(Span other) {
        return fromNs < other.untilNs && other.fromNs < untilNs;
    }

    /** What is left of this when the others are taken out. */
    List<Span> without(List<Span> others) {
        List<Span> left = List.of(this);
        for (Span other : others) {
            List<Span> pieces = new ArrayList<>();
            for (Span piece : left) {
                pieces.add(new Span(piece.fromNs, Math.min(piece.untilNs, other.fromNs)));
                pieces.add(new Span(Math.max(piece.fromNs, other.untilNs), piece.untilNs));
            }
            left = pieces.stream().filter(piece -> !piece.isEmpty()).toList();
        }
        return left;
    }

    /** Later by this much; forever stays forever. */
    static long later(long ns, long byNs) {
        return ns > FOREVER - byNs ? FOREVER : ns + byNs;
    }

    /** For people: seconds since the beginning. */
    static String at(long ns) {
        return ns == FOREVER ? "never" : String.format("%.3f s", ns / 1e9);
    }
}

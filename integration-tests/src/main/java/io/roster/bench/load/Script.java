// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks, one request after another. Called on the client's loop. */
@FunctionalInterface
public interface Script {

    /** The next request, or null if that was all. */
    byte @Nullable [] next(long nowNs);

    /** These requests, once each. */
    static Script of(List<byte[]> requests) {
        Iterator<byte[]> left = requests.iterator();
        return nowNs -> left.hasNext() ? left.next() : null;
    }

    /** The same request again and again until a moment on {@link System#nanoTime()}'s clock. */
    static Script repeat(byte[] request, long untilNs) {
        return nowNs -> nowNs - untilNs < 0 ? request : null;
    }
}

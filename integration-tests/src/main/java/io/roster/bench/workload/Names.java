// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What services and versions are called: all of a kind are equally long, so that messages are too. A server that is measured
 * again and again is asked for other services each time: what lives by heartbeats outlasts who published it.
 */
final class Names {

    /** Four digits that tell one run of the harness from another. */
    private static final String RUN =
            String.format(Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(0x10000));

    private Names() {}

    /** A service whose instances go with their streams. */
    static String service(int number) {
        return String.format(Locale.ROOT, "s%s-%06d", RUN, number);
    }

    /** A service whose instances live by heartbeats. */
    static String beatenService(int number) {
        return String.format(Locale.ROOT, "b%s-%06d", RUN, number);
    }

    /** With the key under which it is registered, 30 bytes of metadata. */
    static String longVersion(int number) {
        return String.format(Locale.ROOT, "release-%015d", number);
    }

    static String version(int number) {
        return String.format(Locale.ROOT, "%08d", Math.floorMod(number, 100_000_000));
    }
}

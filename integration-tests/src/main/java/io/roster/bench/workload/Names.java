// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import java.util.Locale;

/** What services and versions are called: all of a kind are equally long, so that messages are too. */
final class Names {

    private Names() {}

    static String service(int number) {
        return String.format(Locale.ROOT, "bench-%06d", number);
    }

    /** With the key under which it is registered, 30 bytes of metadata. */
    static String longVersion(int number) {
        return String.format(Locale.ROOT, "release-%015d", number);
    }

    static String version(int number) {
        return String.format(Locale.ROOT, "%08d", Math.floorMod(number, 100_000_000));
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The 64-bit fingerprint by which two sides know that they hold the same list. A list's digest is the sum of its
 * instances' digests, so it can be carried along as instances come and go, and order does not matter. The rule stands in
 * the wire's Instance message.
 */
final class Digest {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Digest() {}

    static long of(Instance instance) {
        long hash = text(FNV_OFFSET, instance.key().ip());
        hash = text(hash, Integer.toString(instance.key().port()));
        hash = text(hash, instance.key().cluster());
        long weight = Double.doubleToLongBits(instance.weight());
        for (int shift = 56; shift >= 0; shift -= 8) {
            hash = octet(hash, (int) (weight >>> shift) & 0xff);
        }
        hash = octet(hash, instance.isHealthy() ? 1 : 0);
        for (Map.Entry<String, String> entry : instance.metadata().entrySet()) {
            hash += mix(unterminated(text(FNV_OFFSET, entry.getKey()), entry.getValue()));
        }
        return mix(hash);
    }

    private static long text(long hash, String text) {
        return octet(unterminated(hash, text), 0);
    }

    private static long unterminated(long hash, String text) {
        long folded = hash;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return octets(hash, text.getBytes(StandardCharsets.UTF_8));
            }
            folded = octet(folded, c);
        }
        return folded;
    }

    private static long octets(long hash, byte[] bytes) {
        long folded = hash;
        for (byte b : bytes) {
            folded = octet(folded, b & 0xff);
        }
        return folded;
    }

    private static long octet(long hash, int octet) {
        return (hash ^ octet) * FNV_PRIME;
    }

    private static long mix(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}

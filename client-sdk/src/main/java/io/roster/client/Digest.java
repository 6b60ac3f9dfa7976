// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The digest by which a list told in pieces is compared with the registry's. Its rule is in the comment of message
 * Instance in {@code roster/v1/registry.proto}. The digest of a list is the sum of those of its instances.
 */
final class Digest {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long fnv = FNV_BASIS;

    private Digest() {}

    static long of(Instance instance) {
        long metadata = 0;
        for (Map.Entry<String, String> entry : instance.metadata().entrySet()) {
            Digest digest = new Digest();
            digest.text(entry.getKey()).zero().text(entry.getValue());
            metadata += mix(digest.fnv);
        }
        Digest digest = new Digest();
        digest.text(instance.ip()).zero();
        digest.text(Integer.toString(instance.port())).zero();
        digest.text(instance.cluster()).zero();
        digest.highestFirst(Double.doubleToLongBits(instance.weight()));
        digest.octet(instance.healthy() ? 1 : 0);
        return mix(digest.fnv + metadata);
    }

    private Digest text(String text) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            octet(octet);
        }
        return this;
    }

    private Digest zero() {
        octet(0);
        return this;
    }

    private void highestFirst(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
    }

    private void octet(int value) {
        fnv = (fnv ^ (value & 0xff)) * FNV_PRIME;
    }

    /** The 64-bit finalizer of MurmurHash3. */
    private static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}

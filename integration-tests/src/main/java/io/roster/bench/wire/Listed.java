// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An instance as a subscriber is told of it.
 *
 * @param metadata what the application says about it
 */
public record Listed(Address address, String cluster, double weight, boolean healthy, Map<String, String> metadata) {

    /** Where a version stands in the metadata. */
    public static final String VERSION = "version";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public Listed {
        metadata = Map.copyOf(metadata);
    }

    /** An instance that the harness registers. */
    public static Listed of(Address address, String version) {
        return new Listed(address, "DEFAULT", 1, true, Map.of(VERSION, version));
    }

    public String version() {
        return metadata.getOrDefault(VERSION, "");
    }

    /** Its part in the digest of a list, by the rule in the native wire's Instance message; made here anew on purpose. */
    public long digest() {
        long hash = text(FNV_OFFSET, address.ip() + '\0' + address.port() + '\0' + cluster + '\0');
        long bits = Double.doubleToLongBits(weight);
        for (int shift = 56; shift >= 0; shift -= 8) {
            hash = octet(hash, (int) (bits >>> shift) & 0xff);
        }
        hash = octet(hash, healthy ? 1 : 0);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            hash += mix(text(FNV_OFFSET, entry.getKey() + '\0' + entry.getValue()));
        }
        return mix(hash);
    }

    private static long text(long hash, String text) {
        long folded = hash;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            folded = octet(folded, octet & 0xff);
        }
        return folded;
    }

    private static long octet(long hash, int octet) {
        return (hash ^ octet) * FNV_PRIME;
    }

    private static long mix(long hash) {
        long h = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators may turn while the server runs, by the names Nacos has for it (spec 4.16). Not kept over a restart.
 * Thread: any.
 */
public final class Switches {

    /** Shorter times would have clients that poll ask more often than Nacos ever let them. */
    private static final long LEAST_CACHE_MS = 10_000;

    private static final Set<String> STATES = Set.of("UP", "DOWN", "STARTING", "READ_ONLY", "WRITE_ONLY");

    private volatile boolean healthChecked;
    private volatile boolean pushes = true;
    private volatile boolean lightBeats = true;
    private volatile long beatIntervalMs;
    private volatile long cacheMs = LEAST_CACHE_MS;
    private volatile @Nullable String status;

    /**
     * @param healthChecked whether instances that live by heartbeats are judged
     * @param beatIntervalMs how often clients are told to beat
     */
    public Switches(boolean healthChecked, long beatIntervalMs) {
        this.healthChecked = healthChecked;
        this.beatIntervalMs = beatIntervalMs;
    }

    public boolean isHealthChecked() {
        return healthChecked;
    }

    /** Whether lists are told by UDP. */
    boolean pushes() {
        return pushes;
    }

    /** Whether clients may leave out of a beat what the server knows. */
    boolean lightBeats() {
        return lightBeats;
    }

    long beatIntervalMs() {
        return beatIntervalMs;
    }

    /** How long clients may keep a list before they ask again. */
    long cacheMs() {
        return cacheMs;
    }

    /** The state an operator declares the server to be in, or null. */
    @Nullable
    String status() {
        return status;
    }

    /**
     * Turns one.
     *
     * @throws Refusal if there is none of this name, or it cannot be turned so
     */
    void turn(String entry, String value) {
        switch (entry) {
            case "check", "healthCheckEnabled" -> healthChecked = flag(value);
            case "pushEnabled" -> pushes = flag(value);
            case "lightBeatEnabled" -> lightBeats = flag(value);
            case "clientBeatInterval" -> beatIntervalMs = number(value, 1_000);
            case "pushCacheMillis", "defaultPushCacheMillis" -> cacheMs = number(value, LEAST_CACHE_MS);
            case "overriddenServerStatus" -> status = state(value);
            default ->
                throw Refusal.illegal(
                        "entry",
                        "this server has check, pushEnabled, lightBeatEnabled, clientBeatInterval, pushCacheMillis and"
                                + " overriddenServerStatus.");
        }
    }

    private static boolean flag(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.illegal("value", "it should be true or false.");
        };
    }

    private static long number(String value, long least) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= 3_600_000) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of bounds.
        }
        throw Refusal.illegal("value", "it should be between " + least + " and 3600000.");
    }

    private static @Nullable String state(String value) {
        if ("null".equals(value)) {
            return null;
        }
        if (!STATES.contains(value)) {
            throw Refusal.illegal("value", "it should be UP, DOWN, STARTING, READ_ONLY, WRITE_ONLY or null.");
        }
        return value;
    }
}

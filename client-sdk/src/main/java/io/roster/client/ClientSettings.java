// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with, and the constants it lives by.
 *
 * @param listenerExecutor null means a thread of the client's own
 * @param identity who the client says it is
 */
record ClientSettings(
        List<ServerAddress> servers,
        String app,
        String namespace,
        Map<String, String> labels,
        long timeoutMs,
        long graceMs,
        Lifetime lifetime,
        @Nullable Executor listenerExecutor,
        Identity identity) {
    static final long DEFAULT_TIMEOUT_MS = 5_000;

    /** Enough for a connection that breaks on the way, and for a few attempts to connect again. */
    static final long DEFAULT_GRACE_MS = 5_000;

    /** From the first packet to the server's welcome; a server that needs longer is passed over. */
    static final long CONNECT_TIMEOUT_MS = 3_000;

    /** Before a login that failed is tried again, while the session goes on. */
    static final long LOGIN_RETRY_MS = 5_000;

    static final long RECONNECT_FIRST_MS = 100;
    static final long RECONNECT_MAX_MS = 5_000;

    /** A server that asks for a longer absence than this is not believed. */
    static final long MAX_GO_AWAY_MS = 60_000;

    /** Before what the registry refused to take back after a reconnect is offered again. */
    static final long RESTORE_FIRST_MS = 1_000;

    static final long RESTORE_MAX_MS = 30_000;

    /** For the last answers on a connection that is given up in good order. */
    static final long LEAVE_TIMEOUT_MS = 1_000;

    /** Detects a dead peer within their sum. gRPC sends no pings more often than every 10 s. */
    static final long KEEP_ALIVE_MS = 10_000;

    static final long KEEP_ALIVE_TIMEOUT_MS = 5_000;

    /** Bounds the memory of callers that outrun the registry. */
    static final int MAX_WAITING_CALLS = 10_000;

    /** Bounds what a server that stays connected but answers nothing can pile up; past it the stream is given up. */
    static final int MAX_UNANSWERED = 4 * MAX_WAITING_CALLS;

    static final int MAX_PUBLISHED = 10_000;
    static final int MAX_LISTENERS = 10_000;
    static final int MAX_INBOUND_BYTES = 16 << 20;

    /** gRPC servers take no more by default, and would end the whole stream for one message too large. */
    static final int MAX_OUTBOUND_BYTES = 4 << 20;

    /** Instances in one message on registering again: far under any server's message limit. */
    static final int REGISTER_CHUNK = 100;

    /** What keeps that which a client publishes alive. */
    enum Lifetime {
        CONNECTION,
        HEARTBEATS
    }

    ClientSettings {
        servers = List.copyOf(servers);
        labels = Map.copyOf(labels);
        require(!servers.isEmpty(), "servers", servers, "at least one");
        require(timeoutMs > 0, "timeout", timeoutMs + " ms", "> 0");
        require(graceMs >= 0, "grace", graceMs + " ms", ">= 0");
        require(!namespace.isEmpty(), "namespace", "\"\"", "a name");
    }

    private static void require(boolean condition, String field, Object value, String expected) {
        if (!condition) {
            throw new RosterException(
                    RosterException.Code.INVALID_ARGUMENT,
                    field + ": " + value + " (expected: " + expected + ")",
                    field,
                    null);
        }
    }
}

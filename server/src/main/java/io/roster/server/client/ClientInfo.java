// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.util.Map;

/**
 * What is known about a client for people to read. Nothing is decided by it.
 *
 * @param wire the wire that brought the client: {@code native}, {@code unary}, {@code nacos}, {@code http}
 * @param address the peer's address, {@code ip:port}
 * @param app the application's name, or empty
 * @param sdk the client library and its version, or empty
 * @param labels free labels
 * @param connectedAtMs wall clock, milliseconds since 1970
 */
public record ClientInfo(
        String wire, String address, String app, String sdk, Map<String, String> labels, long connectedAtMs) {

    public ClientInfo {
        labels = Map.copyOf(labels);
    }
}

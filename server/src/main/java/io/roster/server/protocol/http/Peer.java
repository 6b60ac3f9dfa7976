// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.Client;

/**
 * The other end of a client, for people.
 *
 * @param ip empty if it has none
 * @param port 0 if it has none
 */
record Peer(String ip, int port) {

    static Peer of(Client client) {
        String address = client.info().address();
        int split = address.lastIndexOf(':');
        String digits = address.substring(split + 1);
        boolean hasPort = split >= 0
                && !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return hasPort ? new Peer(address.substring(0, split), Integer.parseInt(digits)) : new Peer(address, 0);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import java.util.random.RandomGenerator;

/** The servers of a client, taken in turn from a random start, so that clients spread. Loop only. */
final class ServerAddresses {
    private final List<ServerAddress> addresses;
    private int next;

    ServerAddresses(List<ServerAddress> addresses, RandomGenerator random) {
        this.addresses = List.copyOf(addresses);
        this.next = random.nextInt(addresses.size());
    }

    ServerAddress next() {
        ServerAddress address = addresses.get(next);
        next = (next + 1) % addresses.size();
        return address;
    }

    boolean haveAnother() {
        return addresses.size() > 1;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

/**
 * Where an instance would listen, if it were real.
 *
 * @param ip an IPv4 address
 * @param port its port
 */
public record Address(String ip, int port) {

    private static final int HOSTS = 1_000_000;
    private static final int FIRST_PORT = 20_000;

    /** The address of a number: each number has its own, as if each were a container, and all are equally long. */
    public static Address of(int number) {
        int host = number % HOSTS;
        return new Address(
                "10." + (100 + host / 10_000) + '.' + (100 + host / 100 % 100) + '.' + (100 + host % 100),
                FIRST_PORT + number / HOSTS);
    }
}

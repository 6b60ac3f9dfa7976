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

    /** Port numbers used for each ip. */
    private static final int PORTS = 10_000;

    private static final int FIRST_PORT = 20_000;

    /** The address of a number: each number has its own, and all are about equally long. */
    public static Address of(int number) {
        int host = number / PORTS;
        return new Address(
                "10." + (100 + host / 10_000 % 100) + '.' + (100 + host / 100 % 100) + '.' + (100 + host % 100),
                FIRST_PORT + number % PORTS);
    }
}

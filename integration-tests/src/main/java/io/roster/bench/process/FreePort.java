// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.process;

import io.roster.bench.load.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports nobody listens on, below those that the system gives to outgoing connections. */
public final class FreePort {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /** A port that is free and so is the one {@code offset} above it. */
    public static int withNeighbour(int offset) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && isFree(port + offset)) {
                return port;
            }
        }
        throw new BenchException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

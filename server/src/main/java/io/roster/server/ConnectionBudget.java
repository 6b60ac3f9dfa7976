// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.roster.server.transport.ConnectionLimit;
import java.lang.management.ManagementFactory;

/**
 * How many connections the ports take in, so that the files that the process may open last: for those of the other port, for
 * other addresses, for the server's own files.
 *
 * @param grpc connections of the gRPC port in all
 * @param grpcOfAddress of them, those of one address
 * @param http connections of the main port in all
 * @param httpOfAddress of them, those of one address
 */
record ConnectionBudget(int grpc, int grpcOfAddress, int http, int httpOfAddress) {

    private static final double SHARE_OF_GRPC = 0.7;
    private static final double SHARE_OF_HTTP = 0.2;

    /**
     * What was said, and for what was not, which is 0, a share of the files.
     *
     * @param files how many the process may open
     */
    static ConnectionBudget of(int maxConnections, int maxHttpConnections, int perAddress, long files) {
        int grpc = maxConnections > 0 ? maxConnections : share(files, SHARE_OF_GRPC);
        int http = Math.min(maxHttpConnections, share(files, SHARE_OF_HTTP));
        return new ConnectionBudget(
                grpc, perAddress > 0 ? perAddress : half(grpc), http, perAddress > 0 ? perAddress : half(http));
    }

    @Override
    public String toString() {
        return grpc + " connections on the gRPC port, " + grpcOfAddress + " of one address; " + http
                + " on the main port, " + httpOfAddress + " of one address";
    }

    private static int share(long files, double share) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, files * share));
    }

    private static int half(int count) {
        return Math.max(1, count / 2);
    }

    /** How many files this process may open; as good as no limit where the system tells none. */
    static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    ConnectionLimit grpcLimit() {
        return new ConnectionLimit(Setting.MAX_CONNECTIONS.key(), grpc, grpcOfAddress, System::nanoTime);
    }

    /** Past their number in all, connections wait to be accepted, so only those of one address are closed. */
    ConnectionLimit httpLimit() {
        return new ConnectionLimit(
                Setting.MAX_HTTP_CONNECTIONS.key(), Integer.MAX_VALUE, httpOfAddress, System::nanoTime);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.roster.server.transport.ConnectionLimit;
import io.roster.server.transport.InboundBudget;
import io.roster.server.transport.Intake;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the ports take in, so that the files that the process may open and its memory last: for the other port, for other
 * addresses, for the server itself.
 *
 * @param grpc connections of the gRPC port in all
 * @param grpcOfAddress of them, those of one address
 * @param http connections of the main port in all
 * @param httpOfAddress of them, those of one address
 * @param unfinishedBytes what each port keeps of messages that are not whole yet
 */
record IntakeLimits(int grpc, int grpcOfAddress, int http, int httpOfAddress, long unfinishedBytes) {

    private static final double FILES_OF_GRPC = 0.7;
    private static final double FILES_OF_HTTP = 0.2;
    private static final int HEAP_PART = 4;

    /** See {@link ServerConfig#intake}. */
    static IntakeLimits of(
            int maxConnections,
            int maxHttpConnections,
            int perAddress,
            long maxUnfinishedBytes,
            long files,
            long heapBytes) {
        int grpc = maxConnections > 0 ? maxConnections : share(files, FILES_OF_GRPC);
        int http = Math.min(maxHttpConnections, share(files, FILES_OF_HTTP));
        return new IntakeLimits(
                grpc,
                perAddress > 0 ? perAddress : half(grpc),
                http,
                perAddress > 0 ? perAddress : half(http),
                maxUnfinishedBytes > 0 ? maxUnfinishedBytes : heapBytes / HEAP_PART);
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

    /** What the gRPC port takes in; nothing is counted against it yet. */
    Intake ofGrpcPort() {
        return new Intake(
                new ConnectionLimit(Setting.MAX_CONNECTIONS.key(), grpc, grpcOfAddress, System::nanoTime),
                new InboundBudget(unfinishedBytes));
    }

    /** The same for the main port. Past their number in all, its connections wait, so only those of one address are closed. */
    Intake ofMainPort() {
        return new Intake(
                new ConnectionLimit(
                        Setting.MAX_HTTP_CONNECTIONS.key(), Integer.MAX_VALUE, httpOfAddress, System::nanoTime),
                new InboundBudget(unfinishedBytes));
    }

    /** The settings in force, with these limits in place of what was said of them. */
    Map<String, String> shownIn(Map<String, String> settings) {
        Map<String, String> shown = new LinkedHashMap<>(settings);
        shown.put(Setting.MAX_CONNECTIONS.key(), String.valueOf(grpc));
        shown.put(Setting.MAX_HTTP_CONNECTIONS.key(), String.valueOf(http));
        shown.put(
                Setting.CONNECTIONS_PER_ADDRESS.key(),
                grpcOfAddress == httpOfAddress
                        ? String.valueOf(grpcOfAddress)
                        : grpcOfAddress + " (HTTP: " + httpOfAddress + ')');
        shown.put(Setting.MAX_UNFINISHED_BYTES.key(), String.valueOf(unfinishedBytes));
        return shown;
    }
}

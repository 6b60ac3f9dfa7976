// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

/** Where a server listens for gRPC. An IPv6 address is written in brackets. */
record ServerAddress(String host, int port) {
    static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        int port = colon < 0 ? -1 : port(text.substring(colon + 1));
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new RosterException(
                    RosterException.Code.INVALID_ARGUMENT,
                    "server: " + text + " (expected: host:port or [ipv6]:port, port 1 to 65535)",
                    "servers",
                    null);
        }
        return new ServerAddress(host, port);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import java.util.Map;
import java.util.Set;

/** A program that publishes and hears over one wire. Instances are told as {@code ip:port}, with {@code !} if unhealthy. */
interface Peer extends AutoCloseable {

    /** Publishes an instance and keeps it alive; returns once the server has acknowledged it. */
    void register(String service, String ip, int port, Map<String, String> metadata);

    void deregister(String service, String ip, int port);

    /** Asks for the list now. */
    Set<String> list(String service);

    /** The metadata of an instance, as this wire shows it. */
    Map<String, String> metadata(String service, String ip, int port);

    /** Hears the list from now on, as this wire's clients do. */
    Watching watch(String service);

    /** Is gone without a word of goodbye. */
    void die();

    @Override
    default void close() {
        die();
    }

    /** A list that follows the server. */
    @FunctionalInterface
    interface Watching {
        Set<String> current();
    }

    /** The server said no, in its wire's own terms. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    static String told(String ip, int port, boolean healthy) {
        return ip + ':' + port + (healthy ? "" : "!");
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Limits;
import io.roster.server.core.Listing;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import java.util.Arrays;
import java.util.List;

/**
 * Which part of a list a reader of this wire wants. Immutable.
 *
 * @param clusters comma-separated names exactly as asked for; empty for all
 */
record Selection(String clusters, boolean healthyOnly) {

    private static final int MAX_CLUSTERS = 64;

    /**
     * What is selected.
     *
     * @param isProtected whether so few are healthy that all are offered as healthy
     */
    record Hosts(List<Host> hosts, boolean isProtected) {}

    static Selection of(Parameters parameters, String clustersParameter, FormReader reader) {
        Selection selection =
                new Selection(parameters.text(clustersParameter, ""), parameters.flag("healthyOnly", false));
        List<String> names = selection.names();
        if (names.size() > MAX_CLUSTERS) {
            throw Refusal.illegal("cluster", "at most " + MAX_CLUSTERS + " clusters can be asked for.");
        }
        names.forEach(reader::cluster);
        return selection;
    }

    private List<String> names() {
        return Arrays.stream(clusters.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The view that shows it but for health: what is unhealthy is decided on below, by this wire's own rule. */
    View view() {
        return View.of(names(), false);
    }

    /** Whether others ask for the same often enough to keep the answer: one known cluster or all. */
    boolean isCommon() {
        return clusters.indexOf(',') < 0;
    }

    /**
     * Nacos offers unhealthy instances as healthy ones only in services that somebody gave a threshold (spec 4.8); the
     * registry's rule has no such exception, so it is applied here.
     */
    Hosts from(ServiceSnapshot snapshot, Limits limits) {
        Listing listing = snapshot.through(view());
        boolean isProtected = snapshot.protectionThreshold() > 0 && listing.isProtected();
        List<Host> hosts = listing.instances().stream()
                .filter(instance -> isProtected || !healthyOnly || instance.isHealthy())
                .map(instance -> Host.of(snapshot.service(), instance, isProtected || instance.isHealthy(), limits))
                .toList();
        return new Hosts(hosts, isProtected);
    }
}

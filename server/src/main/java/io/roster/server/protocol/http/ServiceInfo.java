// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.roster.server.core.Limits;
import io.roster.server.core.ServiceSnapshot;
import java.util.List;

/**
 * The list of a service in the words of this wire (spec 3.1).
 *
 * @param name {@code group@@name}
 * @param clusters exactly what was asked for: clients find the list by it
 * @param cacheMillis how long until the client should ask again
 * @param lastRefTime when the list was published, wall clock; grows with each change
 */
record ServiceInfo(
        String name,
        String groupName,
        String clusters,
        long cacheMillis,
        List<Host> hosts,
        long lastRefTime,
        String checksum,
        @JsonProperty("allIPs") boolean allIps,
        boolean reachProtectionThreshold,
        boolean valid) {

    static ServiceInfo of(ServiceSnapshot snapshot, Selection selection, long cacheMillis, Limits limits) {
        Selection.Hosts selected = selection.from(snapshot, limits);
        return new ServiceInfo(
                FormReader.fullName(snapshot.service()),
                snapshot.service().group(),
                selection.clusters(),
                cacheMillis,
                selected.hosts(),
                snapshot.publishedAtMs(),
                "",
                false,
                selected.isProtected(),
                true);
    }
}

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

/**
 * Hears how the list of a service changes. Runs on the client's listener executor, one event at a time. A listener that
 * throws is logged and hears the next event all the same; one that is slow hears fewer, merged events.
 */
@FunctionalInterface
public interface ServiceListener {
    /** The list, whether it is stale, or a flag of it differs from the event before; the first event tells the first list. */
    void onChange(ServiceEvent event);
}

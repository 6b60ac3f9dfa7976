// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the services of a namespace, sorted by group and name.
 *
 * @param services with their namespace
 * @param nextPageToken asks for the page after this one; null after the last
 */
public record ServicePage(
        List<ServiceName> services, @Nullable String nextPageToken) {
    public ServicePage {
        services = List.copyOf(services);
    }
}

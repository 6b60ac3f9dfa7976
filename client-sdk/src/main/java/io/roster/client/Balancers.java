// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One balancer for each service that was asked for. Any thread. */
final class Balancers {
    /** Past it all rounds begin anew, which does no harm. */
    private static final int MAX = 10_000;

    private final Map<ServiceName, Balancer> balancers = new ConcurrentHashMap<>();

    Optional<Instance> next(ServiceName service, InstanceList list) {
        if (balancers.size() >= MAX && !balancers.containsKey(service)) {
            balancers.clear();
        }
        return balancers.computeIfAbsent(service, any -> new Balancer()).next(list);
    }
}

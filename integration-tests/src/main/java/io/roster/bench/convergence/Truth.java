// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.convergence;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is registered, by the word of those who register. Each instance has one publisher, which writes what it sends; a
 * server takes the requests of one stream in order, so the last word is the truth. Thread: any.
 */
public final class Truth {

    private final Map<String, Map<Address, Listed>> services = new ConcurrentHashMap<>();

    public void put(String service, Listed instance) {
        services.computeIfAbsent(service, name -> new ConcurrentHashMap<>()).put(instance.address(), instance);
    }

    public void remove(String service, Address address) {
        services.computeIfAbsent(service, name -> new ConcurrentHashMap<>()).remove(address);
    }

    /** Whether a list says the same. */
    public boolean agreesWith(String service, Collection<Listed> list) {
        Set<Listed> told = new HashSet<>(list);
        return told.size() == list.size()
                && told.equals(
                        Set.copyOf(services.getOrDefault(service, Map.of()).values()));
    }

    public Set<String> services() {
        return Set.copyOf(services.keySet());
    }
}

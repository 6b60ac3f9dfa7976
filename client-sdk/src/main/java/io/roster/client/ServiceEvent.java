// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the list that the same listener was told before; from nothing, the first time. All three of added,
 * removed and changed are empty if only {@link #isStale} or a flag of the list differs.
 *
 * @param service what was subscribed, with its namespace
 * @param view the part of the list that was subscribed
 * @param added as they are now
 * @param removed as they last were
 * @param changed as they are now
 * @param instances the list after the change
 */
public record ServiceEvent(
        ServiceName service,
        View view,
        List<Instance> added,
        List<Instance> removed,
        List<Instance> changed,
        InstanceList instances) {
    public ServiceEvent {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /** See {@link InstanceList#isStale}. */
    public boolean isStale() {
        return instances.isStale();
    }

    static ServiceEvent between(SubscriptionKey key, @Nullable InstanceList before, InstanceList after) {
        Map<InstanceKey, Instance> gone = new LinkedHashMap<>();
        if (before != null) {
            before.forEach(instance -> gone.put(instance.key(), instance));
        }
        List<Instance> added = new ArrayList<>();
        List<Instance> changed = new ArrayList<>();
        for (Instance instance : after) {
            Instance was = gone.remove(instance.key());
            if (was == null) {
                added.add(instance);
            } else if (!was.equals(instance)) {
                changed.add(instance);
            }
        }
        return new ServiceEvent(key.service(), key.view(), added, List.copyOf(gone.values()), changed, after);
    }
}

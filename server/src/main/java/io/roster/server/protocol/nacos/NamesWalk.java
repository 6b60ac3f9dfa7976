// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.Registry;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the names of a namespace, or of one group in it, in order. Between two stretches the loop does what has
 * arrived, so that a million names hold nobody up. Confined to the loop.
 */
final class NamesWalk {

    /** Names looked at in one go: well under a millisecond. */
    private static final int STRETCH = 1_000;

    private final Registry registry;
    private final EventLoop loop;
    private final String namespace;
    private final @Nullable String group;

    /**
     * @param group the group, or null for all
     */
    NamesWalk(Registry registry, EventLoop loop, String namespace, @Nullable String group) {
        this.registry = registry;
        this.loop = loop;
        this.namespace = namespace;
        this.group = group;
    }

    /** Shows each name to {@code visit} and calls {@code done} after the last. */
    void run(Consumer<ServiceName> visit, Runnable done) {
        step(new ServiceName(namespace, group == null ? "" : group, ""), visit, done);
    }

    private void step(ServiceName after, Consumer<ServiceName> visit, Runnable done) {
        List<ServiceName> stretch = registry.services(after, STRETCH);
        for (ServiceName name : stretch) {
            if (!name.namespace().equals(namespace)
                    || (group != null && !name.group().equals(group))) {
                done.run();
                return;
            }
            visit.accept(name);
        }
        if (stretch.size() < STRETCH) {
            done.run();
        } else {
            loop.execute(() -> step(stretch.get(STRETCH - 1), visit, done));
        }
    }
}
